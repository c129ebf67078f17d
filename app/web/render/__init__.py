"""HTML of the pages, by pure functions; everything is escaped at the one place that writes tags."""
