"""From bytes to a document that extractors can read."""
