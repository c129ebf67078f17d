"""Questions to answers: understand, rank, decide, quote, gloss."""
