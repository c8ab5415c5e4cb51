"""Many articles: finding them, and extracting them in one process or several."""
