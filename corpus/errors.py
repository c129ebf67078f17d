"""Errors of reading; the text of each is one Chinese line with the place, the reason and the cure."""

from __future__ import annotations


class UnreadableTerms(ValueError):  # noqa: N818 - said of the file, as people read it
    """A file of terms that cannot be read."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        """The file or name, as the person gave it."""
        self.reason = reason
        """What is wrong and what to do, in Chinese."""
        super().__init__(" ".join(f"{place}：{reason}".split()))
