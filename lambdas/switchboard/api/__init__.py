"""The REST API: one app, whatever serves it."""
