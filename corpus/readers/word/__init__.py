"""Word files (.docx, ISO/IEC 29500): from the package to blocks, printed as the reader sees it."""
