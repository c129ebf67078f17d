"""Web pages: every case of `cases/html.txt`, notes, places, and what holds for any markup."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.loading import parse_bytes
from corpus.readers.web.page import read_html
from tests.corpus.case_files import Case, read_cases
from tests.corpus.readers.block_lines import block_lines
from tests.corpus.readers.checks import check_extract

FILE = Path(__file__).parent / "cases/html.txt"
CASES = list(read_cases(FILE))
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=200)
SCRAPS = (
    "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<table>", "</table>", "<tr>", "<td>", "<th>", "</td>",
    "<ol start=3>", "<ol type=a reversed>", "</ol>", "<ul>", "</ul>", "<li>", "<li value=7>", "</li>", "<br>", "<h1>",
    "</h1>", "<h2>", "</h2>", "<style>.a{font-weight:bold}</style>", "<div class=a>", "</div>", "</span>", "&amp;",
    '<span style="color:red">', "&nbsp", "&#x4e00;", "&#0;", "&shy;", "\xad", "&", "<", ">", "甲方", "1.1 ", "\n", " ",
    "<script>", "</script>", "<!--", "-->", "<a href=x>", "</a>", "<pre>", "</pre>", "<nav>", "</nav>", "<footer>",
    "<title>", "</title>", "<font color=red>", "</font>", '<div style="display:none">', "</table", '"', "'", "\r\n",
    '<p class="', "<body>", "</html>", "<select>", "<option>", "<caption>", "<thead>", "\t", "\u200b", "。", "（1）",
)  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def _regenerated(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regenerate"):
        lines = FILE.read_text(encoding="utf-8").split("\n")
        for case in reversed(CASES):
            middle = lines.index(".", case.line + 1)
            lines[middle + 1 : lines.index(".", middle + 1)] = block_lines(read_html(case.markdown)).split("\n")
        FILE.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_blocks_are_the_expected_ones(case: Case) -> None:
    """The blocks of the page are those that the case file shows."""
    assert block_lines(check_extract(read_html(case.markdown))) == case.expected, f"{case.file}:{case.line}"


def test_every_block_has_its_lines() -> None:
    """Lines are those of the unmodified file, whatever ends them."""
    extract = read_html("<h1>协议</h1>\r\n\r\n<p>甲方\r\n付款</p><p>乙方</p>\r<p>丙方</p>")
    assert [(block.text, block.lines) for block in extract.blocks] == [
        ("协议", (1, 1)),
        ("甲方付款", (3, 4)),
        ("乙方", (4, 4)),
        ("丙方", (5, 5)),
    ]


def test_style_sheets_outside_the_file_are_told() -> None:
    """Bold that a missing style sheet makes cannot be seen, and people are told so."""
    extract = read_html('<link rel="stylesheet" href="a.css"><p>甲方</p>')
    assert extract.notes == ("网页的样式表不在文件里：由它加粗、加色的文字看不出来，请以网页显示为准。",)


def test_numbers_by_style_sheet_are_told() -> None:
    """CSS counters print numbers that the reader does not make."""
    extract = read_html("<style>h2::before{content:counter(n)'.'}</style><h2>定义</h2>")
    assert extract.notes == ("网页用样式表生成编号（counter），这些编号没有读到，请核对条款编号。",)


def test_hidden_text_is_told_from_fifty_characters_on() -> None:
    """A page that hides much says so, a hidden icon is nothing to tell."""
    assert read_html(f"<p>甲</p><div hidden>{'隐' * 50}</div>").notes == (
        "网页里有 50 字不显示的内容，没有作为条款读取。",
    )
    assert read_html(f"<p>甲</p><div hidden>{'隐' * 49}</div>").notes == ()


def test_automatic_numbers_are_labels() -> None:
    """The numbers that a browser draws are the labels of the clauses, though no character of the file is theirs."""
    items = "<ol type=a><li>甲方：用户。<li>乙方：公司。</ol>"
    page = f"<!doctype html><h1>服务协议</h1><ol><li><b>定义</b>{items}<li>费用</ol>"
    document = parse_bytes(page.encode(), name="a.html")
    assert [clause.label for clause in document.clauses if clause.label] == ["1", "a", "b", "2"]
    clause = next(clause for clause in document.clauses if clause.label == "a")
    assert document.source[clause.span.start : clause.span.end] == "甲方：用户。"


@CALM
@given(st.lists(st.sampled_from(SCRAPS), max_size=60).map("".join))
def test_any_markup_reads(source: str) -> None:
    """Tags in any order read, and every run says what stands in the source."""
    check_extract(read_html(source))


@CALM
@given(st.text())
def test_any_text_reads(source: str) -> None:
    """No text makes the reader fail."""
    check_extract(read_html(source))


@CALM
@given(st.text(alphabet="甲乙丙1.，。 \n", min_size=1))
def test_no_character_of_plain_paragraphs_is_lost(text: str) -> None:
    """Where there is no markup but paragraphs, the blocks hold every visible character."""
    page = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    read = "".join(block.text for block in read_html(page).blocks)
    assert "".join(read.split()) == "".join(text.split())


HOSTILE = (
    "<", "<a ", "<a b", "<!--", "<!", "</", "</a", "<a b='", '<a b="', "&", "&#", "<script>", "<!--a--", "<a/", "<a =",
    "<p>", "<b>", "<b><p>", "<b><p></b>", "<div>", "<ol><li>", "<table>", "<tr><td>", "<table><tr><td>", "a<br>",
    "<span style='color:red'>a", "<nav>", "<a href=x>a</a>", "<ul><li>1. a", "<pre>\n", "\n",
    "<style>p p{color:red}</style><p>", "</p>", "<i></p>", "<b>a<td>", "<title>", "<caption>a", "<b><i><u>a",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize("scrap", HOSTILE, ids=ascii)
def test_time_grows_with_the_page_and_no_faster(scrap: str) -> None:
    """Four times the page takes less than eight times as long (quadratic time would take sixteen times)."""
    short, long = ((scrap * 20_000)[: 20_000 * factor] for factor in (1, 4))
    pairs = ((_seconds(long), _seconds(short)) for _ in range(3))  # a busy machine may spoil one measurement
    assert any(slow < 8 * quick + 0.05 for slow, quick in pairs)


def _seconds(source: str) -> float:
    start = time.process_time()
    read_html(source)
    return time.process_time() - start
