"""Tasks in a conversation: tools and commands."""
