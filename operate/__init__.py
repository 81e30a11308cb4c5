"""The operator's command: what is stuck, what became of one thing, and how it is put right."""
