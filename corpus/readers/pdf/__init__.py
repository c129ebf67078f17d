"""PDF files: characters on pages become lines, paragraphs and blocks."""
