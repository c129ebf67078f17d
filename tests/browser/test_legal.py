"""法务: coverage, the table, the missed clauses in place, the report file."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect


def test_coverage_counts_what_the_table_shows(address, visit):
    """The figure is the share of must-be-prominent clauses that are; the missed ones are in the table and in place."""
    page = visit(f"{address}/legal")
    words = page.locator(".coverage").inner_text()
    must, full, missed = (
        int(n) for n in re.search(r"(\d+) 条应当突出，(\d+) 条已完全突出，(\d+) 条漏标", words).groups()
    )
    assert must == full + missed
    assert words.startswith(str(round(100 * full / must)))
    expect(page.locator("tr.is-missed")).to_have_count(missed)
    expect(page.locator(".clause--missed")).to_have_count(missed)


def test_filters_narrow_the_table(address, visit):
    """只看漏标, then a category."""
    page = visit(f"{address}/legal")
    everything = page.locator("[data-row]").count()
    page.get_by_label("只看漏标").check()
    expect(page.locator("[data-row]")).to_have_count(page.locator(".clause--missed").count())
    page.get_by_label("管辖与送达").check()
    expect(page.locator("#findings .results-count")).to_contain_text(re.compile(rf"共 {everything} 条"))
    expect(page.locator('[data-row="weidianyun#13.5"]')).to_have_count(0)
    expect(page.locator('[data-row="weidianyun#13.1"]')).to_have_count(1)
    assert page.locator("[data-row]:not(:has(.badge--jurisdiction))").count() == 0


def test_a_row_leads_to_its_clause(address, visit):
    """And the clause says what was missed and which words made it a finding."""
    page = visit(f"{address}/legal")
    page.locator('[data-row="weidianyun#13.1"] a').click()
    clause = page.locator('[id="clause-weidianyun#13.1"]')
    expect(clause).to_have_class(re.compile("is-target"))
    expect(clause).to_contain_text("漏标：未突出")
    expect(clause.locator(".trigger").first).to_be_visible()


def test_the_report_downloads_as_json(address, visit):
    """The file holds what the page shows."""
    page = visit(f"{address}/legal")
    with page.expect_download() as started:
        page.get_by_text("下载核查报告").click()
    report = json.loads(started.value.path().read_text(encoding="utf-8"))
    assert started.value.suggested_filename == "weidianyun-audit.json"
    assert report["doc_id"] == "weidianyun"
    assert sum(finding["must_highlight"] for finding in report["findings"]) == report["must"]
    assert len(report["findings"]) == page.locator("[data-row]").count()
