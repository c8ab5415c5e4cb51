"""What is looked at: a text with its spans, and the page to check the facts of a run on."""
