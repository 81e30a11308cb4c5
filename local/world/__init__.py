"""The world outside AWS, simulated honestly for the laptop: a carrier and a model, each one module."""
