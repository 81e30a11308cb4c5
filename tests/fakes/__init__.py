"""Stand-ins for core's ports; those that keep something are held to the real adapter by `tests/contracts`."""
