"""What commands print for people: from types to Chinese text, one module a kind of result."""
