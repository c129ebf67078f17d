"""What is left out to be quick changes nothing: patterns that are never compiled, clauses that are not reviewed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.review import audit, categories_of
from app.review.inheritance import reasons_of
from app.review.literals import may_match, needed
from app.review.names import DEFAULT
from app.review.rulebook import expand, load_rules
from corpus import parse_bytes
from corpus.library import read_terms
from corpus.types import ClauseKind

TERMS = Path(__file__).resolve().parents[3].parent / "shared" / "terms"
PATTERNS = [pattern for rule in load_rules() for pattern in (*rule.patterns, *rule.exceptions, *rule.softeners)]


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        ("不(?:作|做){gap}保证", [("保证",), ("不",), ("作", "做")]),
        ("无(?:权)?责任", [("责任",), ("无",)]),
        ("(?:甲乙|丙)?丁", [("丁",)]),
        ("(?:甲乙|丙{0,2})丁", [("丁",)]),
        ("甲(?!乙)丙", [("甲",), ("丙",)]),
        ("甲{2,3}乙", [("甲",), ("乙",)]),
        (r"[甲乙]\.丙", [(".丙",)]),
        ("甲乙|[丙丁]", []),
        ("(?i)abc", []),
        ("", []),
    ],
)
def test_words_that_a_pattern_needs(pattern: str, sets: list[tuple[str, ...]]) -> None:
    assert list(needed(pattern)) == sets


def test_every_pattern_that_ships_says_what_it_needs() -> None:
    assert [pattern for pattern in PATTERNS if not needed(pattern)] == []


def test_no_example_of_a_rule_is_passed_over() -> None:
    """A pattern that matches one of the rules' own sentences is always tried on it."""
    texts = [text for rule in load_rules() for text in (*rule.must_flag, *rule.must_pass)]
    for pattern in PATTERNS:
        compiled = re.compile(expand(pattern, customer=DEFAULT.customer, vendor=DEFAULT.vendor))
        for text in texts:
            if not may_match(pattern, text):
                assert compiled.search(text) is None, (pattern, text)


_ATOM = st.sampled_from(
    ["甲", "乙", "[甲乙]", "[^甲]", r"\.", "甲(?!乙)", "(?<!乙)甲", "丙{0,2}", "乙?", "甲{2}", "乙+"]
)
_PATTERN = st.recursive(
    _ATOM,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})")
        | inner.map(lambda part: f"(?:{part})?")
        | inner.map(lambda part: f"(?:{part}){{1,2}}")
    ),
    max_leaves=8,
)


@given(_PATTERN, st.text("甲乙丙.", max_size=8))
def test_a_text_that_matches_holds_the_words_needed(pattern: str, text: str) -> None:
    if re.search(pattern, text):
        assert may_match(pattern, text)


LISTS = """# 服务协议

甲方为某某公司（以下简称“我们”），乙方为用户（以下简称“您”）。

## 第一条 免责

1.1 出现下列情形的，我们不承担任何责任：

（1）不可抗力；

（2）第三方的原因；

- 您的设备损坏；
- 您的账户被盗；

1.2 因您违约造成的损失由您承担。

前述损失包括：

（1）律师费；

（2）诉讼费。
"""


@pytest.mark.parametrize("name", ["lists", "weidianyun"])
def test_categories_of_one_clause_are_those_of_the_review(name: str) -> None:
    shipped = read_terms(["weidianyun"]).documents[0]
    document = parse_bytes(LISTS.encode(), name="lists.md") if name == "lists" else shipped
    given = {finding.clause_id: finding.categories for finding in audit(document).findings}
    assert any(given.values())
    for clause in document.clauses:
        if clause.kind is not ClauseKind.HEADING:
            assert categories_of(document, clause.clause_id) == given.get(clause.clause_id, ())


@pytest.mark.shared
@pytest.mark.skipif(not TERMS.is_dir(), reason="real terms lie beside the checkout")
def test_reasons_of_some_clauses_are_those_of_all() -> None:
    rules = load_rules()
    for path in sorted(TERMS.rglob("*.md"))[:6]:
        document = parse_bytes(path.read_bytes(), name=path.name)
        reasons = reasons_of(document, rules)
        for clause in document.clauses[::7]:
            wanted = reasons_of(document, rules, wanted={clause.clause_id})
            assert wanted[clause.clause_id] == reasons[clause.clause_id]
