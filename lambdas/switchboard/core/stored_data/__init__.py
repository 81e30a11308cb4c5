"""Where data about people is stored, and how it is read: what an export and an erasure go by."""
