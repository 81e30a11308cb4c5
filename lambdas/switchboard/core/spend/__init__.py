"""What is spent, by whom and on which day, and how much may be."""
