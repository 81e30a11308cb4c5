"""What a language model is asked and answers, and how long that is."""
