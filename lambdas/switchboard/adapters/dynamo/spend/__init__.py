"""Ledgers of what is spent."""
