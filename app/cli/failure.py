"""Errors that a person can mend: told in one line, without a traceback."""

from __future__ import annotations

import errno

EXPECTED = frozenset(
    {
        "app.cli.failure.WrongInput",
        "app.collection.CollectionUnwritable",
        "app.evaluation.UnreadableQuestions",
        "app.qa.lexicon.LexiconUnusable",
        "app.receipt.ReceiptUnusable",
        "app.review.rulebook.RuleUnusable",
        "app.web.errors.ServeRefused",
        "corpus.errors.UnreadableTerms",
        "index.errors.IndexUnusable",
    }
)
"""Errors whose text is one Chinese line for people; by name, since a command loads only what it needs."""

_SYSTEM = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EISDIR: "这是文件夹，应是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
}
"""What a person can mend of what the system refuses. A file that is missing is not in it: it may be one of ours."""


LONGEST = 400
"""Characters of a line that are shown; a name of a file may hold thousands."""


class WrongInput(ValueError):  # noqa: N818 - said of the input, as people read it
    """Arguments that do not fit together, or a file that cannot be used; the message is one Chinese line."""


def explain(error: Exception) -> str | None:
    """Say in one Chinese line what a person should mend; None when it is our own fault."""
    line = _said(error)
    if line is None or len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST // 2]}…{line[-LONGEST // 2 :]}"


def _said(error: Exception) -> str | None:
    names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if names & EXPECTED:
        return " ".join(str(error).split())
    if isinstance(error, OSError) and error.errno in _SYSTEM and (error.filename or error.errno == errno.ENOSPC):
        return f"{error.filename or '输出'}：{_SYSTEM[error.errno]}"
    return None
