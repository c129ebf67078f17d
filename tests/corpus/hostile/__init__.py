"""Files that want to do more than be read, made here, each with what must come of it."""
