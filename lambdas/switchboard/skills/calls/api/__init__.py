"""Calls and their profiles by REST."""
