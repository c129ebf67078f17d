r"""The table of review rules: read, checked, refused when a row is not testable.

A file is TOML with one `[[rule]]` a row. `category`, `basis` and `advice` at the top of the file are the default of
its rows; a person's own file usually writes them in the row. Patterns are regular expressions in which these words
stand in braces:

====================  ===============================================================================================
`{customer}`          any name that the document under review gives the customer (您, 用户, 甲方 …)
`{vendor}`            any name that it gives the vendor
`{near}`              up to 16 characters of the same part of a sentence
`{gap}`               up to 40 characters of the same sentence
`{far}`               up to 120 characters of the same sentence
`{vendor_acts}`       a vendor's name and up to 60 characters in which the customer does not become the subject
====================  ===============================================================================================

An exception cancels the trigger that it overlaps; a softener in the same sentence, or in the item that inherits it,
makes it mild. `yields_to` names rules or categories: where one of them speaks in the same sentence, this rule keeps
silent (a service stopped *because of a breach* is a matter of breach). `under` restricts a rule to clauses under a
heading that matches. `strength = "must"` makes a clause one that must be prominent; `"mild"` names the category only
(see `coverage`). Repetition without bound (`*`, `+`, `{2,}`) is refused: the time for a line is bounded by its length.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from app.types import Category

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("exemption", "limitation", "breach", "jurisdiction", "unilateral", "restriction")
"""The tables that ship, in the order of the categories."""
_LISTS = ("patterns", "exceptions", "softeners", "yields_to", "basis", "must_flag", "must_pass")
_WORDS = ("id", "name", "category", "strength", "under", "advice")
_END = "。；！？;"
_MACROS = {
    "near": rf"[^，：,{_END}]{{0,16}}?",
    "gap": rf"[^{_END}]{{0,40}}?",
    "far": rf"[^{_END}]{{0,120}}?",
    "vendor_acts": (
        rf"{{vendor}}(?:(?!{{customer}}(?:均|也|亦|还|仍|则|就|即|方|才)?(?:有权|可以|可|应|须|需|不|同意|承诺|保证))[^{_END}])"
        r"{0,60}?"
    ),
}
_MACRO = re.compile(r"\{([a-z_]+)\}")


class RuleUnusable(ValueError):  # noqa: N818 - named as the other errors shown to people
    """A row of a table of rules cannot be used; the text is one Chinese line."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: words that put a clause into a category."""

    rule_id: str
    """`exemption.no-liability`."""
    name: str
    """Finer kind, in Chinese: `价格单方调整`."""
    category: Category
    """The category."""
    must: bool
    """Whether it alone makes a clause one that must be prominent."""
    patterns: tuple[str, ...]
    """Regular expressions with the words in braces."""
    exceptions: tuple[str, ...]
    """Regular expressions that cancel a trigger they overlap."""
    softeners: tuple[str, ...]
    """Regular expressions that make a trigger mild."""
    yields_to: frozenset[str]
    """Ids of rules, or categories, that silence this rule in their sentence."""
    under: str
    """Regular expression for the headings above; empty for anywhere."""
    basis: tuple[str, ...]
    """Articles of law."""
    advice: str
    """What to do, in Chinese."""
    must_flag: tuple[str, ...]
    """Sentences that the rule must find."""
    must_pass: tuple[str, ...]
    """Sentences that it must leave alone."""


@cache
def load_rules(extra: Path | None = None) -> tuple[Rule, ...]:
    """Read the tables that ship and, after them, a person's own; a row of theirs with a known id replaces ours.

    Raises RuleUnusable with the place and the reason; OSError when the file cannot be opened.
    """
    rules: dict[str, Rule] = {}
    folder = resources.files("app.review").joinpath("rules")
    for name in FILES:
        text = folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")
        # The suite checks the patterns that ship; compiling them all here would cost each start a fifth of a second.
        rules |= {rule.rule_id: rule for rule in parse_rules(text, place=f"{name}.toml", check=False)}
    if extra is not None:
        rules |= {rule.rule_id: rule for rule in parse_rules(extra.read_text(encoding="utf-8"), place=extra.name)}
    return tuple(rules.values())


def parse_rules(text: str, *, place: str, check: bool = True) -> tuple[Rule, ...]:
    """Read one table; without `check` its patterns are taken as they are.

    Raises RuleUnusable, naming `place` and the row.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleUnusable(f"规则文件 {place} 不是有效的 TOML：{error}") from error
    rows = table.pop("rule", [])
    if not isinstance(rows, list) or not rows:
        raise RuleUnusable(f"规则文件 {place} 里没有 [[rule]]")
    rules = [_rule({**table, **row}, place) for row in rows]
    for rule in rules if check else ():
        for pattern in (*rule.patterns, *rule.exceptions, *rule.softeners, rule.under):
            _check_pattern(pattern, f"规则文件 {place} 的规则 {rule.rule_id}")
    repeated = {rule.rule_id for rule in rules if sum(other.rule_id == rule.rule_id for other in rules) > 1}
    if repeated:
        raise RuleUnusable(f"规则文件 {place} 里编号重复：{'、'.join(sorted(repeated))}")
    return tuple(rules)


def _rule(row: dict[str, Any], place: str) -> Rule:
    where = f"规则文件 {place} 的规则 {row.get('id') or '（无 id）'}"
    unknown = set(row) - {*_LISTS, *_WORDS}
    if unknown:
        raise RuleUnusable(f"{where} 有不认识的字段：{'、'.join(sorted(unknown))}")
    for key in _LISTS:
        value = row.setdefault(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise RuleUnusable(f"{where} 的 {key} 应是文字的列表")
    for key in ("id", "name", "patterns", "basis", "advice"):
        if not row.get(key):
            raise RuleUnusable(f"{where} 缺少 {key}")
    if not row["must_flag"] or not row["must_pass"]:
        raise RuleUnusable(f"{where} 要有 must_flag 和 must_pass 两种例句")
    try:
        category = Category(row.get("category", ""))
    except ValueError as error:
        raise RuleUnusable(f"{where} 的 category 应是 {'、'.join(Category)} 之一") from error
    if row.get("strength") not in {"must", "mild"}:
        raise RuleUnusable(f"{where} 的 strength 应是 must 或 mild")
    return Rule(
        rule_id=row["id"],
        name=row["name"],
        category=category,
        must=row["strength"] == "must",
        patterns=tuple(row["patterns"]),
        exceptions=tuple(row["exceptions"]),
        softeners=tuple(row["softeners"]),
        yields_to=frozenset(row["yields_to"]),
        under=row.get("under", ""),
        basis=tuple(row["basis"]),
        advice=row["advice"],
        must_flag=tuple(row["must_flag"]),
        must_pass=tuple(row["must_pass"]),
    )


def _check_pattern(pattern: str, where: str) -> None:
    try:
        re.compile(expand(pattern, customer="甲", vendor="乙"))
    except (re.error, KeyError) as error:
        raise RuleUnusable(f"{where} 的表达式无法使用：{pattern}（{error}）") from error
    bare = re.sub(r"\\.|\[(?:\\.|[^\]\\]){0,200}\]", "_", pattern)
    if re.search(r"[*+]|\{\d*,\}", bare):
        raise RuleUnusable(f"{where} 的表达式没有上限：{pattern}；请用 {{0,60}} 代替 * 和 +")


def expand(pattern: str, *, customer: str, vendor: str) -> str:
    """Put names and gaps in place of the words in braces.

    `customer` and `vendor` are alternatives, escaped and joined by `|`; a space may follow the vendor's name, as
    it does a Latin one. Raises KeyError for a word it does not know.
    """
    words = _MACROS | {"customer": f"(?:{customer})", "vendor": f"(?:{vendor}) ?"}
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda match: words[match[1]], pattern)
    return pattern
