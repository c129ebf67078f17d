"""The rules as a lawyer writes them: TOML tables, read, checked and handed out in a fixed order.

A file holds `[[rule]]` tables; `category` may stand once at its top. A rule has

- `id`, `name` (Chinese), `category`, `weight` (see `app.review.audit`), `inherit` (whether items below a lead-in
  that says this share it);
- `patterns` and `exceptions`: regular expressions over one sentence; an exception in the same sentence silences the
  rule there. `{customer}` and `{vendor}` stand for the names that the document at hand gives the sides, `{gap}` for
  one character that ends neither the sentence nor hands over to the customer as the one who acts;
- `basis` (articles of law), `advice` (Chinese);
- `must_flag` and `must_pass`: sentences that the rule speaks on and keeps silent on. A rule without both is refused.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.types import Category

FOLDER = Path(__file__).with_name("rules")
"""The rules that ship, a file a category."""

_TEXTS = ("id", "name", "advice")
_LISTS = ("patterns", "basis", "must_flag", "must_pass")
_KEYS = frozenset({*_TEXTS, *_LISTS, "category", "exceptions", "weight", "inherit"})
_SAMPLE = {"{customer}": "(?:您)", "{vendor}": "(?:我们)", "{gap}": "[^。]"}


class RulesRefused(ValueError):  # noqa: N818 - says what happened
    """A rules file cannot be used; the message is one Chinese line with file, rule and cure."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason why a clause must stand out."""

    rule_id: str
    """Unique: `exemption.no_liability`."""
    name: str
    """What it looks for, in Chinese."""
    category: Category
    """The category that it gives."""
    weight: float
    """0 to 1: how far it alone makes prominence a duty."""
    inherit: bool
    """Whether the items below a lead-in that says this share it."""
    patterns: tuple[str, ...]
    """Regular expressions with placeholders."""
    exceptions: tuple[str, ...]
    """Regular expressions that silence the rule in their sentence."""
    basis: tuple[str, ...]
    """Articles of law."""
    advice: str
    """What to do, in Chinese."""
    must_flag: tuple[str, ...]
    """Sentences that it speaks on."""
    must_pass: tuple[str, ...]
    """Sentences that it keeps silent on."""


def load_rules(own: Path | None = None) -> tuple[Rule, ...]:
    """Read the rules that ship, then a person's own: a known id replaces the rule, a new one is added at the end.

    Raises RulesRefused.
    """
    rules = {rule.rule_id: rule for rule in _shipped()}
    if own is not None:
        rules.update((rule.rule_id, rule) for rule in read_rules(own))
    return tuple(rules.values())


@cache
def _shipped() -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for category in Category:
        rules += read_rules(FOLDER / f"{category.value}.toml")
    return tuple(rules)


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Read one file. Raises RulesRefused."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesRefused(f"规则文件读不出：{path}（{error}）；应为 UTF-8 编码的 TOML 文件") from error
    rows = content.get("rule", [])
    if not isinstance(rows, list) or not rows:
        raise RulesRefused(f"规则文件里没有规则：{path}；每条规则以 [[rule]] 开头")
    rules = tuple(_rule(row, content.get("category"), path) for row in rows)
    seen: set[str] = set()
    for rule in rules:
        if rule.rule_id in seen:
            raise RulesRefused(f"{path} 规则编号重复：{rule.rule_id}；请改用不同的编号")
        seen.add(rule.rule_id)
    return rules


def _rule(row: Any, category: Any, path: Path) -> Rule:
    """Check one table and make a rule of it."""
    if not isinstance(row, dict):
        raise RulesRefused(f"{path} 的 rule 应为表格，即以 [[rule]] 开头")
    place = f"{path} 规则 {row.get('id', '（缺编号）')}"
    for key in row.keys() - _KEYS:
        raise RulesRefused(f"{place} 有未知的项“{key}”；可用的项：{'、'.join(sorted(_KEYS))}")
    for key in _TEXTS:
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise RulesRefused(f"{place} 缺少“{key}”；应为一行文字")
    for key in _LISTS:
        if not _words(row.get(key)) or not row[key]:
            raise RulesRefused(f"{place} 缺少“{key}”；应为至少一项的文字列表")
    exceptions = row.get("exceptions", [])
    weight = row.get("weight", 1.0)
    if not _words(exceptions) or not isinstance(weight, int | float) or not 0 < weight <= 1:
        raise RulesRefused(f"{place} 的 exceptions 应为文字列表，weight 应大于 0 且不超过 1")
    for pattern in (*row["patterns"], *exceptions):
        _check(pattern, place)
    try:
        belongs = Category(row.get("category", category))
    except ValueError as error:
        raise RulesRefused(f"{place} 的类别不对；应为 {'、'.join(one.value for one in Category)} 之一") from error
    return Rule(
        rule_id=row["id"],
        name=row["name"],
        category=belongs,
        weight=float(weight),
        inherit=bool(row.get("inherit", True)),
        patterns=tuple(row["patterns"]),
        exceptions=tuple(exceptions),
        basis=tuple(row["basis"]),
        advice=row["advice"].strip(),
        must_flag=tuple(row["must_flag"]),
        must_pass=tuple(row["must_pass"]),
    )


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _check(pattern: str, place: str) -> None:
    """Refuse what is no regular expression, or matches nothing at all, or could run on without bound."""
    sample = pattern
    for name, words in _SAMPLE.items():
        sample = sample.replace(name, words)
    try:
        compiled = re.compile(sample)
    except re.error as error:
        raise RulesRefused(f"{place} 的正则表达式写错了：{pattern}（{error}）") from error
    if compiled.match(""):
        raise RulesRefused(f"{place} 的正则表达式会匹配空文字：{pattern}")
    bare = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "_", sample)
    if re.search(r"[*+]|\{\d*,\}", bare):
        raise RulesRefused(f"{place} 的正则表达式没有上限：{pattern}；请用 {{0,60}} 代替 * 和 +")
