"""Suggestions for an edition: looking for them, learning from what was decided, accepting them in bulk."""
