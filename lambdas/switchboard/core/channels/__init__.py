"""What a channel is, what it may be used for, and how its deliveries go."""
