"""One file is one Lambda function; thin."""
