"""What a web page says of itself as its reader sees it, and which of its parts are the article."""
