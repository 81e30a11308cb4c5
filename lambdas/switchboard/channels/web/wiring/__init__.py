"""Makes the functions of the web chat from their adapters."""
