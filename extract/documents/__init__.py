"""Documents that are no text: Word, PDF, mail, saved pages in one file, crawls. One file, one kind."""
