"""A language model of one's own: it may only say in other words what was cited, and every sentence is checked."""
