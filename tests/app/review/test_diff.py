"""Two versions compared: made edits with known answers are found again."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace

import pytest

from app.review.diff import ChangeKind, diff
from app.review.diff.assignment import assign
from app.review.diff.benchmark import recover
from app.review.diff.made import edit, found, make, write
from app.review.diff.pairing import pair_clauses
from app.review.diff.words import compare_words
from corpus import parse_bytes


def test_made_edits_are_recovered() -> None:
    """Over 250 random edit scripts at least 99 % of the edits are told, renumbering included, and hardly else."""
    recovery = recover(250)
    assert recovery.wanted > 2000
    assert recovery.recall >= 0.99
    assert recovery.precision >= 0.99


def test_made_edits_are_of_every_kind() -> None:
    """The answers hold each kind of change often, and a made version without its edits would miss them."""
    kinds: Counter[ChangeKind] = Counter()
    for seed in range(60):
        rng = random.Random(seed)
        old = make(rng, clauses=30, sections=4)
        new, answer = edit(rng, old)
        kinds.update(kind for kind, _ in answer)
        assert found(diff(write(old, "old"), write(old, "new"))) == set()
        assert write(new, "a").source != write(old, "a").source
    assert all(kinds[kind] > 20 for kind in ChangeKind)


def test_a_version_does_not_differ_from_itself() -> None:
    """No change is told of the same text."""
    made = make(random.Random(1), clauses=30, sections=3)
    assert diff(write(made, "old"), write(made, "new")).changes == ()


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
    made = make(rng, clauses=2000, sections=40)
    reworded = [[replace(line, text=line.text.replace("应", "可", 1)) for line in lines] for lines in made]
    old, new = write(made, "old"), write(reworded, "new")
    begun = time.process_time()
    pairs = pair_clauses(old.clauses, new.clauses)
    assert time.process_time() - begun < 10
    assert sum(old.clauses[first].label == new.clauses[second].label for first, second in pairs) > 0.97 * len(pairs)
