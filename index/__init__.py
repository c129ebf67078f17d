"""Finding clauses: words, vectors, both indexes, their fusion and their storage."""
