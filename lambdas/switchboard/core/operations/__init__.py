"""What an operator finds stuck, and how it is repaired."""
