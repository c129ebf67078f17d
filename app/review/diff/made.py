"""Made versions with known answers: terms from a few words, edited at random, and what a comparison must say of it.

Every edit falls on a clause of its own. A clause that keeps its words but gets another number, since one before it came
or went, is renumbered; one that moved has another number by nature and is not called so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.review.diff.types import ChangeKind
from corpus.loading import parse_bytes

if TYPE_CHECKING:
    import random

    from app.review.diff.types import DiffReport, Side
    from corpus.types import Document

NOUNS = re.findall("..", "账户费用数据备份接口工单密码日志镜像域名证书流量带宽合同发票订单地址授权版本系统")
VERBS = re.findall("..", "提交保存支付删除更新核对使用转移开通关闭查询导出通知检查恢复登记")
WHEN = ("每月", "当日", "七日内", "到期前", "开通后", "书面同意后", "验收时", "次月", "工作时间内", "紧急情况下")
WHO = ("您应", "双方应", "甲方应", "客服会")
TITLES = ("定义", "费用", "双方义务", "责任", "通知", "其他")
EDITS = (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED, ChangeKind.MOVED, ChangeKind.EMPHASIS_ONLY)
"""Kinds that are done; renumbering follows from them."""
APART = 6
"""Places that a clause moves at least: of two neighbours that changed places nobody can say which one moved."""
Answer = set[tuple[ChangeKind, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """A clause of a made document."""

    key: int
    """Who it is, whatever its words and number."""
    text: str
    """What it says."""
    bold: int = 0
    """How many of its first characters are printed bold; all when there are fewer."""


Sections = list[list[Line]]
"""Clauses by section."""


def sentence(rng: random.Random) -> str:
    """Make a sentence of two to four parts."""
    parts = (
        (rng.choice(WHEN), rng.choice(WHO), rng.choice(VERBS), rng.choice(NOUNS), "和", rng.choice(NOUNS))
        for _ in range(rng.randint(2, 4))
    )
    return "，".join("".join(part) for part in parts) + "。"


def make(rng: random.Random, *, clauses: int, sections: int) -> Sections:
    """Make terms with this many clauses; some are bold, wholly or at their beginning."""
    lines = [Line(key, sentence(rng), rng.choice((0, 0, 0, 8, 999))) for key in range(clauses)]
    size = -(-clauses // sections)
    return [lines[start : start + size] for start in range(0, clauses, size)]


def write(sections: Sections, name: str) -> Document:
    """Write Markdown, sections and clauses numbered anew, and read it."""
    parts = ["# 服务条款"]
    for number, lines in enumerate(sections, 1):
        parts.append(f"## {number}. {TITLES[(number - 1) % len(TITLES)]}")
        parts += [f"{number}.{place} {_marked(line)}" for place, line in enumerate(lines, 1)]
    return parse_bytes("\n\n".join([*parts, ""]).encode(), name=f"{name}.md")


def edit(rng: random.Random, sections: Sections) -> tuple[Sections, Answer]:
    """Do one to eight edits, one move among them at most; give the new version and what a comparison must say."""
    result = [list(lines) for lines in sections]
    kinds = rng.sample(EDITS, rng.randint(1, len(EDITS)))
    kinds += rng.choices([kind for kind in EDITS if kind is not ChangeKind.MOVED], k=rng.randint(0, 3))
    chosen = rng.sample([line for lines in sections for line in lines], len(kinds))
    answer: Answer = set()
    moved: set[int] = set()
    for kind, line in zip(kinds, chosen, strict=True):
        section = next(number for number, lines in enumerate(result) if line in lines)
        place = result[section].index(line)
        answer.add((kind, line.text))
        if kind is ChangeKind.REMOVED:
            result[section].remove(line)
        elif kind is ChangeKind.EMPHASIS_ONLY:
            result[section][place] = replace(line, bold=rng.choice((999, 8)) if not line.bold else 0)
        elif kind is ChangeKind.CHANGED:
            result[section][place] = replace(line, text=_reworded(rng, line.text))
        elif kind is ChangeKind.MOVED:
            moved.add(line.key)
            _move(rng, result, section, line)
        else:
            new = Line(-1, sentence(rng))
            answer = answer - {(kind, line.text)} | {(kind, new.text)}
            result[section].insert(place, new)
    return result, answer | _renumbered(sections, result, moved)


def found(report: DiffReport) -> Answer:
    """Put what a comparison said in the form of an answer."""
    return {(change.kind, _body(change.old or change.new)) for change in report.changes}


def _marked(line: Line) -> str:
    """Markdown of a line: HTML tags, since stars beside Chinese punctuation may not render (CommonMark 6.2)."""
    if not line.bold:
        return line.text
    bold, rest = line.text[: line.bold], line.text[line.bold :]
    return f"<b>{bold}</b>{rest}"


def _reworded(rng: random.Random, text: str) -> str:
    """Put other words in place of one part of the sentence."""
    parts = text.rstrip("。").split("，")
    parts[rng.randrange(len(parts))] = f"{rng.choice(WHEN)}您可{rng.choice(VERBS)}{rng.choice(NOUNS)}"
    return "，".join(parts) + "。"


def _move(rng: random.Random, sections: Sections, section: int, line: Line) -> None:
    """Move a line to any place that is far enough."""
    before = sum(map(len, sections[:section])) + sections[section].index(line)
    sections[section].remove(line)
    starts = [sum(map(len, sections[:number])) for number in range(len(sections))]
    places = [
        (number, place)
        for number, lines in enumerate(sections)
        for place in range(len(lines) + 1)
        if abs(starts[number] + place - before) >= APART
    ]
    number, place = rng.choice(places)
    sections[number].insert(place, line)


def _renumbered(old: Sections, new: Sections, moved: set[int]) -> Answer:
    before, after = _numbers(old), _numbers(new)
    texts = {line.key: line.text for lines in old for line in lines}
    return {
        (ChangeKind.RENUMBERED, texts[key])
        for key, number in before.items()
        if key in after and key not in moved and after[key] != number
    }


def _numbers(sections: Sections) -> dict[int, tuple[int, int]]:
    return {
        line.key: (number, place)
        for number, lines in enumerate(sections, 1)
        for place, line in enumerate(lines, 1)
        if line.key >= 0
    }


def _body(side: Side | None) -> str:
    return side.text[len(side.label) :].lstrip(". ") if side else ""
