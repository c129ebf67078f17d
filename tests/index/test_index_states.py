"""Any order of adding, replacing, removing, saving, crashing and reopening is as good as a fresh build."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from index.hybrid import HybridIndex
from index.types import Entry
from tests.index.conftest import LetterEncoder

NAMES = st.sampled_from(["pay", "court", "note", "data"])
TEXT = st.sampled_from(
    ["客户应当付费。", "争议由法院管辖。", "通知以邮件送达。", "数据到期删除。", "违约金一万元。", "x"]
)
TEXTS = st.lists(TEXT, min_size=1, max_size=4)
QUESTIONS = ("付费", "法院 管辖", "违约金", "数据删除", "")


def entries(name: str, texts: list[str]) -> tuple[Entry, ...]:
    """Make the clauses of one document."""
    return tuple(Entry(f"{name}#{number}", name, text) for number, text in enumerate(texts, 1))


class Life(RuleBasedStateMachine):
    """An index beside a table of what it should hold, in memory and on disk."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.index = HybridIndex.build((), LetterEncoder())
        self.index.save(self.folder)
        self.held: dict[str, tuple[Entry, ...]] = {}
        self.saved: dict[str, tuple[Entry, ...]] = {}

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)

    @rule(name=NAMES, texts=TEXTS)
    def put(self, name: str, texts: list[str]) -> None:
        """Add a document, or replace it."""
        self.index.add(entries(name, texts))
        self.held = {key: value for key, value in self.held.items() if key != name}
        self.held[name] = entries(name, texts)

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        """Take a document out, or be told that it is not there."""
        try:
            self.index.remove(name)
        except KeyError:
            assert name not in self.held
        else:
            del self.held[name]

    @rule()
    def save(self) -> None:
        """Write to the disk."""
        self.index.save(self.folder)
        self.saved = dict(self.held)

    @rule()
    def crash(self) -> None:
        """Forget everything that was not written."""
        self.index = HybridIndex.load(self.folder, LetterEncoder())
        self.held = dict(self.saved)

    @invariant()
    def as_a_fresh_build(self) -> None:
        """Hold the same clauses, and give each the same scores."""
        fresh = HybridIndex.build([entry for group in self.held.values() for entry in group], LetterEncoder())
        assert set(self.index.entries) == set(fresh.entries)
        assert self.index.corpus == fresh.corpus
        for question in QUESTIONS:
            mine, other = (
                {hit.clause_id: hit for hit in index.search(question, k=99)} for index in (self.index, fresh)
            )
            assert mine.keys() == other.keys()
            for key, hit in mine.items():
                assert np.allclose([hit.dense, hit.sparse], [other[key].dense, other[key].sparse], atol=1e-5)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
