"""What every function and every host of the API shares: clients, clock, settings, logs."""
