"""Typed configuration, logging and wiring of one function."""
