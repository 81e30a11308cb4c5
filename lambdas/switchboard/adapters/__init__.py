"""Where boto3 and openai live: stores, topics, sockets, the model."""
