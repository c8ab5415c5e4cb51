"""For authors of rules: where a word stands, what reads it, and what it does."""
