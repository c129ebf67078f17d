"""Follow-up questions: which lean on the one before, and how."""

from __future__ import annotations

import pytest

from app.web.conversation import follow


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("那违约金呢？", "欠费，违约金"),
        ("违约金呢", "欠费，违约金"),
        ("那么解除呢？", "欠费，解除"),
        ("还有，赔偿怎么办？", "欠费，赔偿"),
        ("那怎么赔？", "欠费，怎么赔"),
        ("它会影响服务吗？", "欠费，它会影响服务吗？"),
        ("这样会停机吗？", "欠费，这样会停机吗？"),
    ],
)
def test_a_short_question_leans_on_the_one_before(question, words):
    """The matter goes in front, and the topic stays for the next follow-up."""
    turn = follow(question, "欠费会怎样？")
    assert turn.leans
    assert (turn.words, turn.topic) == (words, "欠费会怎样？")


@pytest.mark.parametrize(
    "question",
    [
        "费用谁付？",
        "那有纠纷去哪里起诉？",
        "13.5",
        "违约金是多少？",
        "其它费用谁付？",
        "这个平台会涨价吗？",
        "那" + "长" * 40 + "呢",
    ],
)
def test_a_question_of_its_own_begins_a_topic(question):
    """It is looked up as typed."""
    turn = follow(question, "欠费会怎样？")
    assert not turn.leans
    assert turn.topic == question


def test_without_a_topic_nothing_leans():
    """The first question is the topic, however short."""
    assert follow("那违约金呢？", "") == follow("那违约金呢？", "").__class__(
        "那违约金呢？", "那违约金呢？", "那违约金呢？"
    )
