"""Tables: rows and columns of a text, and the metrics that their cells state."""
