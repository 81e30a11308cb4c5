"""Makes the functions of calls from their adapters."""
