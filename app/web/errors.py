"""Errors of the web app that a person can mend; light to import, so that the command line can know them."""

from __future__ import annotations

from app.web.language import say


class ServeRefused(Exception):  # noqa: N818  (it is refused, nothing is broken)
    """The server cannot listen; `str` is one Chinese line with the cure."""


class NoSuchDocument(Exception):  # noqa: N818  (a wrong address, nothing is broken)
    """No document has this name; `str` is one Chinese line."""

    def __init__(self) -> None:
        super().__init__(say("没有这份条款；请从页面上选择，或检查地址中的 doc。"))


class UploadRefused(Exception):  # noqa: N818  (the file is refused, nothing is broken)
    """An uploaded file is too large; `str` is one Chinese line."""
