"""Use of the clauses: answers, review, pages, command line."""
