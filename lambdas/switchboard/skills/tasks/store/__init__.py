"""How tasks are kept and found."""
