"""Makes what tasks need from their adapters."""
