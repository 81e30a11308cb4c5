"""The laptop: what runs Switchboard and its surroundings without an AWS account."""
