"""The operator's work, wherever it is asked for: names, what is stuck, and how it is put right."""
