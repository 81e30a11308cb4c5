"""How calls are kept and found."""
