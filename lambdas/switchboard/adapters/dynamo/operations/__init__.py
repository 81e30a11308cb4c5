"""What an operator repairs."""
