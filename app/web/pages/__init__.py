"""One module a page: what stands where, and plain handlers that return HTML."""
