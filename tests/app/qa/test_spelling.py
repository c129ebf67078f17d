"""Words typed wrongly are read as the words of the terms that they sound like, and nothing else is touched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.qa.lexicon import load_lexicon
from app.qa.question import understand
from app.qa.spelling import Correction, corrected, known_words, vocabulary_of

if TYPE_CHECKING:
    from pathlib import Path

    from app.engine import Engine
    from app.qa.spelling import Vocabulary

TEXT = "甲方应支付违约金，并在送达地址变更时通知。法院有管辖权。知识产权归乙方，密码由甲方保管，服务费用预付。"
WORDS = {
    "支付": 1,
    "违约金": 1,
    "送达地址": 1,
    "法院": 1,
    "管辖": 1,
    "知识产权": 1,
    "密码": 1,
    "服务费用": 1,
    "费用": 1,
}
KNOWN = known_words(load_lexicon())


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Words of a small text and of the lexicon."""
    return vocabulary_of(TEXT, WORDS, KNOWN)


@pytest.mark.parametrize(
    ("typed", "read", "words"),
    [
        ("违约斤多少", "违约金多少", [("违约斤", "违约金")]),
        ("送打地址变了怎么办", "送达地址变了怎么办", [("送打地址", "送达地址")]),
        ("密马忘了", "密码忘了", [("密马", "密码")]),
        ("知识产全归谁", "知识产权归谁", [("知识产全", "知识产权")]),
        ("weiyuejin多少", "违约金多少", [("weiyuejin", "违约金")]),
        ("怎么推款", "怎么退款", [("推款", "退款")]),
        ("法苑在哪，密玛呢", "法院在哪，密码呢", [("法苑", "法院"), ("密玛", "密码")]),
    ],
)
def test_slips_that_sound_right(vocabulary: Vocabulary, typed: str, read: str, words: list[tuple[str, str]]) -> None:
    """One wrong character of the same sound, or the syllables themselves, are read as the word."""
    assert corrected(typed, vocabulary, KNOWN) == (read, tuple(Correction(*pair) for pair in words))


@pytest.mark.parametrize(
    "typed",
    [
        "违约金多少",
        "只付了一半行不行",  # 支付 sounds the same; 只 and 付 are words
        "我签了合同吗",
        "乙方是谁",
        "实例是什么",  # a word of dictionaries, though the terms lack it
        "refund API SLA change",
        "",
        "？？",
        "𠮷野家",
    ],
)
def test_what_is_no_slip_stays(vocabulary: Vocabulary, typed: str) -> None:
    """Words of the terms, of dictionaries and of grammar are never changed."""
    assert corrected(typed, vocabulary, KNOWN) == (typed, ())


def test_a_word_of_the_document_is_never_changed() -> None:
    """Where the terms themselves write 密马, 密马 it is."""
    vocabulary = vocabulary_of("密马是产品名，密码另行设置。", {"密码": 2}, KNOWN)
    assert corrected("密马怎么买", vocabulary, KNOWN) == ("密马怎么买", ())


def test_other_spellings_are_read_when_the_document_has_the_usual_one() -> None:
    """帐户 is 账户 where the terms write 账户."""
    vocabulary = vocabulary_of("账户归甲方。", {"账户": 1}, KNOWN)
    assert corrected("帐户被盗", vocabulary, KNOWN)[0] == "账户被盗"


def test_the_answer_says_how_it_read_a_slip(engine: Engine) -> None:
    """The question stands as asked, the clause is found, and a note tells of the word."""
    answer = engine.ask("违约斤多少")
    assert answer.question == "违约斤多少"
    assert answer.citations == engine.ask("违约金多少").citations
    (note,) = (note for note in answer.notes if note.kind == "spelling")
    assert note.text == "问题里的“违约斤”按“违约金”理解。"
    assert note.text in answer.text


@pytest.mark.shared
def test_genuine_questions_are_left_alone(engine: Engine, shared: Path) -> None:
    """Of hundreds of questions, some with slips on purpose, fewer than one in eighty is changed."""
    vocabulary = vocabulary_of("\n".join(entry.text for entry in engine.index.entries), engine.index.words(), KNOWN)
    lines = (shared / "eval" / "training_questions.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["doc"] == "weidianyun"]
    questions = [understand(question, ()).text for row in rows for question in row["questions"]]
    changed = [question for question in questions if corrected(question, vocabulary, KNOWN)[1]]
    assert len(questions) > 500
    assert len(changed) <= len(questions) / 80
