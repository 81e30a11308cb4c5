"""Those who turn recordings into words."""
