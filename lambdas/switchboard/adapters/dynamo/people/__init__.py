"""People, their profiles, sign-in tickets and limits."""
