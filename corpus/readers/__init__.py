"""Readers: one file format each, from bytes or text to blocks with emphasis and offsets."""
