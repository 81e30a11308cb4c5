"""What is done with tasks, whoever asks."""
