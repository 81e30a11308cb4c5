"""Commands of skills, each in a module of the skill's name."""
