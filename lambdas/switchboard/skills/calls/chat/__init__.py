"""Calls in a conversation: tools and commands."""
