"""The infrastructure: what is deployed, and how its parts are joined."""
