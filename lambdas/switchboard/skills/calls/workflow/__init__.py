"""The steps of a call's state machine."""
