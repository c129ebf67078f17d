"""Errors of the web app that a person can mend; light to import, so that the command line can know them."""

from __future__ import annotations


class ServeRefused(Exception):  # noqa: N818  (it is refused, nothing is broken)
    """The server cannot listen; `str` is one Chinese line with the cure."""
