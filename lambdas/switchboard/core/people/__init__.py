"""Who somebody is: addresses, profiles, sign-in and its limits."""
