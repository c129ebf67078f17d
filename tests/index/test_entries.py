"""What of a document becomes searchable."""

from __future__ import annotations

from corpus import ClauseKind, load, parse_bytes
from index.entries import entries_of
from tests.index.conftest import WEIDIANYUN


def test_every_clause_but_headings_has_one_entry() -> None:
    document = load(WEIDIANYUN)
    expected = [clause.clause_id for clause in document.clauses if clause.kind is not ClauseKind.HEADING]
    assert [entry.clause_id for entry in entries_of(document)] == expected


def test_an_entry_reads_headings_then_lead_in_then_its_own_words() -> None:
    document = load(WEIDIANYUN)
    clauses = {clause.clause_id: clause for clause in document.clauses}
    item = next(entry for entry in entries_of(document) if entry.clause_id == "weidianyun#12.2（1）")
    own, lead_in = clauses[item.clause_id].text, clauses["weidianyun#12.2"].text
    assert item.text == "\n".join([*clauses[item.clause_id].headings, lead_in, own])
    assert item.facets == (own, f"{lead_in}\n{own}")


def test_without_a_lead_in_the_own_words_alone_are_encoded() -> None:
    entry = next(entry for entry in entries_of(load(WEIDIANYUN)) if entry.clause_id == "weidianyun#3.2")
    assert len(entry.facets) == 1
    assert entry.text == f"3. 服务费用\n{entry.facets[0]}"


def test_a_table_row_is_read_with_the_first_row() -> None:
    table = "## 1. 赔偿\n\n|可用性|赔偿比例|\n|---|---|\n|低于99%|30%|\n|低于95%|100%|\n\n以上为代金券。\n"
    entries = entries_of(parse_bytes(table.encode(), name="sla.md"))
    rows = [entry for entry in entries if "95%" in entry.facets[0]]
    assert len(rows) == 1
    assert "赔偿比例" in rows[0].text
    assert "99%" not in rows[0].text
    assert "可用性" not in entries[-1].text


def test_a_document_of_headings_alone_has_no_entries() -> None:
    assert entries_of(parse_bytes("# 服务条款\n\n## 1. 总则\n".encode(), name="empty.md")) == ()
