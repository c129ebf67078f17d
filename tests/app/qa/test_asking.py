"""What is asked: double questions are cut where both parts stand alone, long stories are asked by their question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.qa.asking import LONG, asked_parts, asking_sentence
from app.qa.lexicon import load_lexicon

if TYPE_CHECKING:
    from app.engine import Engine

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("多少钱，能退吗？", ("多少钱", "能退吗")),
        ("违约金多少，在哪打官司？", ("违约金多少", "在哪打官司")),
        ("发票怎么开？另外注销账号后数据还在吗？", ("发票怎么开", "注销账号后数据还在吗")),
        ("我刚买了服务，发票怎么开？保密条款管多久？", ("我刚买了服务，发票怎么开", "保密条款管多久")),
        ("违约金多少以及在哪打官司", ("违约金多少", "在哪打官司")),
    ],
)
def test_two_questions_in_one(text: str, parts: tuple[str, ...]) -> None:
    """Each part is about a matter of its own; what tells goes with the question after it."""
    assert asked_parts(text, LEXICON) == parts


@pytest.mark.parametrize(
    "text",
    [
        "录音存多久，能删吗？",  # the second leans on the first
        "是先付费还是先开发票？",
        "我买了一年，用了两个月，能退吗？",
        "违约金多少？违约金怎么交？",  # one matter
        "那要是泄露了呢，谁赔？",
        "谁付费？",
        "",
        "？，？",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    """Parts that are not understood alone are searched together."""
    assert asked_parts(text, LEXICON) == (text,)


def test_both_are_answered_with_citations_of_both(engine: Engine) -> None:
    """The first clause of each part comes first, and a note a part says where its answer stands."""
    answer = engine.ask("违约金多少，在哪打官司？")
    assert answer.status == "answered"
    assert {"weidianyun#4.4", "weidianyun#13.1"} <= {citation.clause_id for citation in answer.citations[:2]}
    assert len(answer.citations) <= 3
    first, second = (note for note in answer.notes if note.kind == "part")
    assert "weidianyun#4.4" in first.clause_ids
    assert "weidianyun#13.1" in second.clause_ids
    assert answer.text.index("问：违约金多少？") < answer.text.index("问：在哪打官司？")


def test_a_part_without_an_answer_is_told(engine: Engine) -> None:
    """One part is answered, of the other it is said that the terms do not say."""
    answer = engine.ask("发票怎么开，能退款吗？")
    assert answer.status == "answered"
    assert answer.citations[0].clause_id == "weidianyun#6.3"
    _, second = (note for note in answer.notes if note.kind == "part")
    assert second.text.startswith("“能退款吗”：条款未约定。")
    assert second.clause_ids == ()


def test_no_part_with_an_answer(engine: Engine) -> None:
    """Then nothing is cited, and whom to ask is told once."""
    answer = engine.ask("能退款吗，有免费试用吗？")
    assert answer.status == "not_found"
    assert answer.citations == ()
    assert answer.nearest
    assert answer.text.count("文首第2段写明") == 1


def test_fewer_citations_than_questions_leave_one_question(engine: Engine) -> None:
    """With one citation only one thing can be answered."""
    answer = engine.ask("违约金多少，在哪打官司？", k=1)
    assert len(answer.citations) <= 1
    assert all(note.kind != "part" for note in answer.notes)


STORY = (
    "我们是一家做餐饮连锁的小公司，去年年底开始合作，一开始都挺顺利的，后来换了一个对接的同事，很多事情都要重新说一遍。"
    "前几天财务说要报税了，让我把凭证都找齐。发票到底由谁来开？我们老板催得很急，麻烦快点。"
)


def test_a_long_story_is_asked_by_its_question(engine: Engine) -> None:
    """The asking sentence is searched, with the one before it; the question is echoed whole."""
    assert len(STORY) >= LONG
    assert asking_sentence(STORY) == "前几天财务说要报税了，让我把凭证都找齐。发票到底由谁来开？"
    answer = engine.ask(STORY)
    assert answer.question == STORY
    assert answer.citations[0].clause_id == "weidianyun#6.3"


def test_a_question_after_a_very_long_story_is_read(engine: Engine) -> None:
    """What is asked counts, not where: six hundred characters stand before it."""
    answer = engine.ask("这是一段和问题没有关系的铺垫。" * 40 + "发票由谁来开？")
    assert answer.citations[0].clause_id == "weidianyun#6.3"
