"""A conversation: what waits in it, its turns, and how they are answered."""
