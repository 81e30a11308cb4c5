"""Recordings of calls that never took place, made on this machine, with every word's time known."""
