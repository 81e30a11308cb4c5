"""Conversations: messages that wait, turns, connections, deliveries."""
