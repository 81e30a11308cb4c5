"""Export and erasure of what is kept of a person."""
