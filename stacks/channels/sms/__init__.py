"""What text messages own in AWS: a number, its topics, the functions behind them."""
