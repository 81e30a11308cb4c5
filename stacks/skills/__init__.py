"""What skills own in AWS: a stack of its own each, whose folder here is found by the skill's name."""
