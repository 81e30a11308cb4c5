"""From a transcript to insights."""
