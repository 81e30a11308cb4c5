"""The tables: people, and conversations with their mailboxes, turns and deliveries."""
