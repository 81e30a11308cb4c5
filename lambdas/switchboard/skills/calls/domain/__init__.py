"""What a call, its transcript and its insights are."""
