"""The parts the stacks are made of; each is one noun."""
