"""Two versions compared: made edits with known answers are found again."""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass, replace

import pytest

from app.review.diff import ChangeKind, diff
from app.review.diff.assignment import assign
from app.review.diff.pairing import pair_clauses
from app.review.diff.words import compare_words
from corpus import parse_bytes

NOUNS = re.findall("..", "账户费用数据备份接口工单密码日志镜像域名证书流量带宽合同发票订单地址授权版本系统")
VERBS = re.findall("..", "提交保存支付删除更新核对使用转移开通关闭查询导出通知检查恢复登记")
WHEN = ["每月", "当日", "七日内", "到期前", "开通后", "书面同意后", "验收时", "次月", "工作时间内", "紧急情况下"]
WHO = ["您应", "双方应", "甲方应", "客服会"]


@dataclass(frozen=True)
class Line:
    """A clause of a made document: who it is, what it says, how it is printed."""

    key: int
    text: str
    bold: bool = False


def sentence(rng: random.Random) -> str:
    parts = (
        (rng.choice(WHEN), rng.choice(WHO), rng.choice(VERBS), rng.choice(NOUNS), "和", rng.choice(NOUNS))
        for _ in range(rng.randint(2, 4))
    )
    return "，".join("".join(part) for part in parts) + "。"


def write(lines: list[Line]) -> str:
    """Give the Markdown, clauses numbered anew; one section, since a border between two would make moves of its own."""
    texts = [f"**{line.text}**" if line.bold else line.text for line in lines]
    return "\n\n".join(["# 服务条款", *(f"{place}. {text}" for place, text in enumerate(texts, 1))]) + "\n"


def document(lines: list[Line], name: str):
    return parse_bytes(write(lines).encode(), name=f"{name}.md")


def edit(rng: random.Random, lines: list[Line]) -> tuple[list[Line], set[tuple[str, str]]]:
    """Apply one edit of each of some kinds to different clauses; the answer holds the kind and the words before."""
    result, answer = list(lines), set()
    chosen = rng.sample(range(len(lines)), 5)
    kinds = rng.sample(["added", "removed", "changed", "moved", "emphasis_only"], rng.randint(1, 5))
    for kind, number in zip(kinds, chosen, strict=False):
        line = lines[number]
        place = result.index(line)
        answer.add((kind, line.text))
        if kind == "removed":
            result.remove(line)
        elif kind == "emphasis_only":
            result[place] = replace(line, bold=not line.bold)
        elif kind == "changed":
            words = line.text.split("，")
            words[rng.randrange(len(words))] = f"{rng.choice(WHEN)}您可{rng.choice(VERBS)}{rng.choice(NOUNS)}"
            text = "，".join(words).rstrip("。") + "。"
            result[place] = replace(line, text=text)
        elif kind == "moved":
            result.remove(line)
            away = [spot for spot in range(len(result)) if abs(spot - place) >= 4]
            result.insert(rng.choice(away), line)
        else:
            text = sentence(rng)
            answer.remove((kind, line.text))
            answer.add((kind, text))
            result.insert(place, Line(key=-1, text=text))
    return result, answer


def body(side) -> str:
    return side.text[len(side.label) :].lstrip(". ")


def found(old, new) -> set[tuple[str, str]]:
    """Tell changes by kind and words before; renumbering is left out."""
    return {
        (change.kind.value, body(change.old or change.new))
        for change in diff(old, new).changes
        if change.kind is not ChangeKind.RENUMBERED
    }


def test_made_edits_are_recovered() -> None:
    """Over 250 random edit scripts at least 99 % of the edits are found, and hardly anything else is said."""
    wanted = hits = said = 0
    for seed in range(250):
        rng = random.Random(seed)
        lines = [Line(key, sentence(rng), rng.random() < 0.2) for key in range(rng.randint(12, 40))]
        edited, answer = edit(rng, lines)
        told = found(document(lines, "old"), document(edited, "new"))
        wanted += len(answer)
        said += len(told)
        hits += len(answer & told)
    assert hits / wanted >= 0.99
    assert hits / said >= 0.99


def test_a_version_does_not_differ_from_itself() -> None:
    """No change is told of the same text."""
    rng = random.Random(1)
    lines = [Line(key, sentence(rng)) for key in range(30)]
    assert diff(document(lines, "old"), document(lines, "new")).changes == ()


def test_an_inserted_clause_renumbers_the_rest_and_changes_nothing_else() -> None:
    """Clauses after an insertion keep their words: only their numbers differ."""
    old = parse_bytes("1.1 您付款。\n\n1.2 您登记地址。\n".encode(), name="old.md")
    new = parse_bytes("1.1 您付款。\n\n1.2 客服会回电核实。\n\n1.3 您登记地址。\n".encode(), name="new.md")
    kinds = [
        (change.kind, change.old and change.old.label, change.new and change.new.label)
        for change in diff(old, new).changes
    ]
    assert kinds == [(ChangeKind.ADDED, None, "1.2"), (ChangeKind.RENUMBERED, "1.2", "1.3")]


def test_a_change_tells_words_and_duty() -> None:
    """The words join to both wordings; a clause that now excludes liability touches the duty."""
    old = parse_bytes("1. 因线路故障造成的损失，本公司承担责任。\n".encode(), name="old.md")
    new = parse_bytes("1. 因线路故障造成的损失，本公司不承担责任。\n".encode(), name="new.md")
    (change,) = diff(old, new).changes
    assert change.kind is ChangeKind.CHANGED
    assert [words for words in change.words if words[0] != "="] != []
    assert "".join(word for sign, word in change.words if sign != "+") == old.clauses[0].body
    assert "".join(word for sign, word in change.words if sign != "-") == new.clauses[0].body
    assert (change.old.must, change.new.must, change.touches_duty) == (False, True, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "甲"),
        ("甲方付款", ""),
        ("第 1 条\t付款", "第 2 条 付款"),
        ("a" * 9000, "b" * 9000),
        ("、" * 4000, "、" * 4001),
    ],
)
def test_words_join_to_both_wordings(old: str, new: str) -> None:
    """Nothing is lost or invented, also in long and odd wordings."""
    words = compare_words(old, new)
    assert "".join(word for sign, word in words if sign != "+") == old
    assert "".join(word for sign, word in words if sign != "-") == new


def test_assignment_is_better_than_the_best_pair_first() -> None:
    """Taking 0.9 first would leave 0.1; together 0.8 and 0.85 are more."""
    scores = {(0, 0): 0.9, (0, 1): 0.85, (1, 0): 0.8, (1, 1): 0.1, (7, 9): 0.5}
    assert assign(scores) == [(0, 1), (1, 0), (7, 9)]


@pytest.mark.slow
def test_time_of_a_large_comparison() -> None:
    """2,000 clauses, every one reworded a little: under ten seconds of this process, review apart from it."""
    rng = random.Random(3)
    lines = [Line(key, sentence(rng)) for key in range(2000)]
    changed = [replace(line, text=line.text.replace("应", "可", 1)) for line in lines]
    old, new = document(lines, "old"), document(changed, "new")
    begun = time.process_time()
    pairs = pair_clauses(old.clauses, new.clauses)
    assert time.process_time() - begun < 10
    assert sum(old.clauses[first].label == new.clauses[second].label for first, second in pairs) > 0.97 * len(pairs)
