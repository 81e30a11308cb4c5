"""What is told about tasks."""
