"""What is kept of a person: where, how it is exported, and how it is erased."""
