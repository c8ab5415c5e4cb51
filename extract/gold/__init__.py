"""The gold corpus: what should be found in its articles, how much of it is, and that it stays so."""
