"""Tasks by REST."""
