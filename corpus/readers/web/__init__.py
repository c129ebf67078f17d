"""HTML: from a page's source to blocks, with every visible character's place in the source."""
