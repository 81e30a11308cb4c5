"""Switchboard: a personal assistant that people reach by text message or web chat."""
