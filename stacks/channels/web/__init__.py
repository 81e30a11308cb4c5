"""What the web chat owns in AWS: the routes of the socket, and the functions behind them."""
