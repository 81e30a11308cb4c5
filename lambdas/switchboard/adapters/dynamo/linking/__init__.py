"""Linking, merging and separating people."""
