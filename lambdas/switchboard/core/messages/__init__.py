"""What comes in and goes out, and the words in it that are rules."""
