"""A model that speaks the OpenAI protocol: a fixed grammar, not a language model, and it says so."""
