"""Bold as meant and bold as seen, against CommonMark's own examples and the trouble that Chinese punctuation makes."""

from __future__ import annotations

import pytest

from corpus.emphasis import emphasis_of, emphasised_share
from corpus.readers.inline import read_inline
from corpus.types import EmphasisKind


def read(source: str) -> tuple[str, list[tuple[str, str, bool]]]:
    runs = read_inline(source, 0, len(source))
    found = [(source[item.span.start : item.span.end], item.kind.value, item.renders) for item in emphasis_of(runs)]
    return "".join(run.text for run in runs), found


@pytest.mark.parametrize(
    ("source", "text", "emphasis"),
    [
        ("**甲**乙", "甲乙", [("甲", "bold", True)]),
        ("甲**乙**丙", "甲乙丙", [("乙", "bold", True)]),
        ("**甲。**乙", "甲。乙", [("甲。", "bold", False)]),
        ("**甲**。乙", "甲。乙", [("甲", "bold", True)]),
        ("甲**“乙”**丙", "甲“乙”丙", [("“乙”", "bold", False)]),
        ("甲 **“乙”** 丙", "甲 “乙” 丙", [("“乙”", "bold", True)]),
        ("**（一）甲**乙", "（一）甲乙", [("（一）甲", "bold", True)]),
        ("**甲（一）**乙", "甲（一）乙", [("甲（一）", "bold", False)]),
        ("** 甲 **", " 甲 ", [(" 甲 ", "bold", False)]),
        ("**甲", "**甲", []),
        ("甲**", "甲**", []),
        ("***甲***", "甲", [("甲", "bold", True), ("甲", "italic", True)]),
        ("*甲*", "甲", [("甲", "italic", True)]),
        ("__甲__", "甲", [("甲", "bold", True)]),
        ("甲__乙__丙", "甲乙丙", [("乙", "bold", False)]),
        ("a_b_c", "a_b_c", []),
        ("____年__月__日", "____年__月__日", []),
        ("a*b*c", "abc", [("b", "italic", True)]),
        ("5 * 3 * 2", "5 * 3 * 2", []),
        ("\\*\\*甲\\*\\*", "**甲**", []),
        ("`**甲**`", "**甲**", []),
        ("<b>甲</b>乙", "甲乙", [("甲", "bold", True)]),
        ("<u>**甲**</u>", "甲", [("甲", "bold", True), ("甲", "underline", True)]),
        ('<span style="font-weight:700">甲</span>', "甲", [("甲", "bold", True)]),
        ('<span style="font-weight:400">甲</span>', "甲", []),
        ('<font color="red">甲</font>', "甲", [("甲", "colour", True)]),
        ('<font color="#000000">甲</font>', "甲", []),
        ("**[甲](http://a_b_c)乙**", "甲乙", [("甲](http://a_b_c)乙", "bold", True)]),
        ("~~甲~~乙", "甲乙", []),
        ("a<b 且 b>c", "a<b 且 b>c", []),
        ("&lt;甲&gt;", "<甲>", []),
        ("甲<!-- **乙** -->丙", "甲丙", []),
    ],
)  # fmt: skip
def test_marks(source: str, text: str, emphasis: list[tuple[str, str, bool]]) -> None:
    """Visible text, and each stretch of emphasis with whether a CommonMark renderer shows it."""
    assert read(source) == (text, emphasis)


@pytest.mark.parametrize(
    ("source", "body_start", "share"),
    [
        ("**甲乙**丙丁", 0, 0.5),
        ("1.1 **甲乙**", 4, 1.0),
        ("**1.1** 甲乙", 4, 0.0),
        ("**甲乙。**丙丁", 0, 0.0),
        ("**甲，**乙", 0, 0.0),
        ("甲乙", 0, 0.0),
        ("*甲乙*", 0, 0.0),
        ("<u>甲乙</u>", 0, 1.0),
        ("**，。**", 0, 0.0),
    ],
)
def test_share_counts_characters_that_carry_meaning(source: str, body_start: int, share: float) -> None:
    """Not the number, not punctuation, not what a renderer leaves as stars; italics do not catch the eye in Chinese."""
    assert emphasised_share(read_inline(source, 0, len(source)), body_start) == share


def test_indented_code_is_meant_but_not_seen() -> None:
    """A renderer shows the stars of indented code."""
    source = "**甲**"
    (emphasis,) = emphasis_of(read_inline(source, 0, len(source), code=True))
    assert (emphasis.kind, emphasis.renders) == (EmphasisKind.BOLD, False)
