"""What calls own in AWS: recordings, the functions that work on them, and their state machine."""
