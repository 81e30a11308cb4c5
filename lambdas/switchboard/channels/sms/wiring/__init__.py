"""Makes the functions of text messages from their adapters."""
