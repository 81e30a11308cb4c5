"""What the routes of the core and of skills share: sign-in, bounds, pages, problems."""
