"""What a task is, and how it moves."""
