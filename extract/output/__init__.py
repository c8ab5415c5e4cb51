"""From extractions to files: JSON documents, tables, errors and the account of the run."""
