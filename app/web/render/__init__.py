"""HTML of the pages, by pure functions: what comes from documents and people is escaped at the one place that writes tags."""
