"""From a sentence to a task."""
