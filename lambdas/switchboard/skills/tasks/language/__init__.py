"""English words and numbers."""
