"""What a skill is, and what it is given to work with."""
