"""What every table needs: items, transactions, retries."""
