"""What the pages say, read from their code: every message given to `say`, and the tables whose values are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from app.qa.gloss import ROLE_NAMES
from app.qa.model.explain import TITLE
from app.review.opinion import NAME
from app.review.reports.changes import KINDS as CHANGES
from app.review.wording import CATEGORY_REASONS
from app.web import words
from app.web.api import lookup
from app.web.pages import customer, frame, legal, support
from app.web.render import answer, contacts, document, lint, matrix
from app.web.sheet import HEADS

WEB = Path(words.__file__).parent
CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")
TABLES = (
    words.CATEGORY_NAMES.values(), words.CATEGORY_QUESTIONS.values(), words.PROMINENCE_NAMES.values(),
    words.MISSED_NAMES.values(), CATEGORY_REASONS.values(), ROLE_NAMES.values(), CHANGES.values(),
    answer.NOTE_TITLES.values(), contacts.KINDS.values(), lint.SEVERITIES.values(), matrix.SHORT.values(),
    (document.READER.missed, document.REVIEWER.missed), (name for _, name in legal.TABS),
    (what for _, what in support.KEYS), HEADS, (TITLE, NAME, "提示"),
    (lookup.TOO_LONG, lookup.FAILED, support.HINT),
    (customer.EMPTY, customer.TOO_LONG, customer.WORKING, customer.FAILED),
    (part for place in frame.PLACES for part in (place.name, place.title, place.lead)),
)  # fmt: skip
"""Messages that are kept in tables and said where they are shown."""


def of_pages() -> set[str]:
    """Messages of the Python code."""
    said = {
        node.args[0].value
        for path in WEB.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if _is_say(node) and isinstance(node.args[0], ast.Constant)
    }
    return said | {message for table in TABLES for message in table}


def of_scripts() -> set[str]:
    """Messages of the scripts."""
    return {
        message
        for path in (WEB / "static").glob("*.js")
        for message in re.findall(r'\bsay\("([^"]+)"', path.read_text("utf-8"))
    }


def unsaid(path: Path) -> set[str]:
    """Chinese literals inside the functions of a module that `say` does not get."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {id(part) for node in ast.walk(tree) if _is_say(node) for part in ast.walk(node.args[0])}
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {
        node.value
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and id(node) not in said | documented and CHINESE.search(node.value)
    }  # fmt: skip


def _is_say(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
