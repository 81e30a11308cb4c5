"""A transcriber that speaks ElevenLabs' speech-to-text API; it cannot hear, and knows what it was told."""
