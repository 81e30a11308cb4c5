"""The world outside AWS, simulated honestly for the laptop: carrier, model, transcriber, each one module."""
