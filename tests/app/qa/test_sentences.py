"""Quotes are stretches of the clause's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from app.qa.sentences import WHOLE, best_stretch, sentences_of
from corpus.loading import parse_bytes

if TYPE_CHECKING:
    from corpus.types import Clause


def clause_of(text: str) -> Clause:
    """Parse a text and return its last clause."""
    return parse_bytes(text.encode(), name="t.md").clauses[-1]


def test_sentences_keep_brackets_and_quotation_marks_whole() -> None:
    """A full stop inside brackets or quotation marks does not end a sentence."""
    clause = clause_of("3.1 用户（个人。单位；）应付款。公司称“不退。不换。”并公示；之后生效。")
    assert [sentence.text for sentence in sentences_of(clause)] == [
        "用户（个人。单位；）应付款。",
        "公司称“不退。不换。”并公示；",
        "之后生效。",
    ]


def test_short_clause_is_quoted_whole() -> None:
    """A clause that fits is never cut."""
    clause = clause_of("3.1 费用预付。不退。")
    stretch = best_stretch(clause, lambda sentence: float("不退" in sentence))
    assert stretch is not None
    assert stretch.text == "费用预付。不退。"


def test_long_clause_gives_the_best_sentence_with_its_exception() -> None:
    """The exception that follows a rule is quoted with it; unrelated sentences are not."""
    filler = "本条另行说明与费用无关的事项。" * 12
    clause = clause_of(f"3.1 {filler}用户付款后不予退款。但因公司原因的除外。{filler}")
    assert len(clause.text) > WHOLE
    stretch = best_stretch(clause, lambda sentence: float("退款" in sentence))
    assert stretch is not None
    assert stretch.text == "用户付款后不予退款。但因公司原因的除外。"


def test_dependent_sentence_brings_the_one_before() -> None:
    """A sentence that opens with 否则 is not quoted alone."""
    filler = "本条另行说明与费用无关的事项。" * 12
    clause = clause_of(f"3.1 {filler}用户应当守约。否则应支付违约金。")
    stretch = best_stretch(clause, lambda sentence: float("违约金" in sentence))
    assert stretch is not None
    assert stretch.text == "用户应当守约。否则应支付违约金。"


@given(st.text(alphabet="甲方乙。；！（）“”a1 .、：\n", min_size=1, max_size=200))
def test_stretches_are_cut_from_the_text(text: str) -> None:
    """Sentences are ordered, disjoint and equal to the text at their offsets."""
    for clause in parse_bytes(text.encode(), name="t.md").clauses if text.strip() else ():
        position = 0
        for sentence in sentences_of(clause):
            assert clause.text[sentence.start : sentence.end] == sentence.text
            assert sentence.start >= position
            position = sentence.end
