"""The model behind the port: chat completions by the `openai` package, from whichever provider answers."""
