"""What channels own in AWS; a channel's folder here is found by its name."""
