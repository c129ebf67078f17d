"""How much of one file is read at most; beyond that it is refused, so that one file never takes the machine down.

The longest terms known to us have 120,000 characters, so each bound leaves room for a hundred times the usual.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file."""

    file_bytes: int = 64 * 1024 * 1024
    """Bytes of the file."""
    characters: int = 20_000_000
    """Characters of text that come out of a Word or PDF file."""
    zip_members: int = 5_000
    """Files inside a Word file."""
    part_bytes: int = 128 * 1024 * 1024
    """Unpacked bytes of one part of a Word file that is read."""
    zip_ratio: int = 200
    """Unpacked over packed size of such a part, from one megabyte on: XML reaches 20 to 40, a zip bomb 1,000."""
    nesting: int = 120
    """Elements inside one another; those further in are read as if they stood at this depth."""
    pages: int = 2_000
    """Pages of a PDF file."""
    page_characters: int = 200_000
    """Characters on one page of a PDF file."""
    seconds: float = 120.0
    """Time that one PDF file may take."""


_in_force = Limits()


def limits() -> Limits:
    """Return the bounds in force."""
    return _in_force


def set_limits(chosen: Limits) -> None:
    """Put other bounds in force, for the whole process."""
    global _in_force  # noqa: PLW0603 - one place for all readers, as with a locale
    _in_force = chosen
