"""The rules of a conversation, on the standard library alone."""
