"""The same terms in other formats: web page, Word file and PDF made from what the Markdown reader found."""

from __future__ import annotations

import html
import io
import re
import subprocess
from itertools import groupby
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor

from corpus.types import EmphasisKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docx.text.paragraph import Paragraph

    from corpus.types import Block, Document, Run

CHROMIUM = "/usr/bin/chromium"
OFFICE = "/usr/bin/soffice"
_TAGS = {EmphasisKind.BOLD: "b", EmphasisKind.UNDERLINE: "u", EmphasisKind.ITALIC: "i", EmphasisKind.HIGHLIGHT: "mark"}
_PRINT = (
    '<style>@page{size:A4;margin:25mm 20mm}body{font-family:"Noto Serif CJK SC";font-size:12pt;line-height:1.6}</style>'
)


def what_counts(document: Document) -> list[tuple[object, ...]]:
    """Label, kind, depth, words and emphasised share of each clause; white space is the format's own."""
    return [
        (clause.label, clause.kind, clause.level, re.sub(r"\s+", "", clause.text), round(clause.emphasised, 4))
        for clause in document.clauses
    ]


def web_page(blocks: Sequence[Block]) -> str:
    """Write the blocks as a page."""
    body: list[str] = []
    for table, group in groupby(blocks, key=lambda block: block.table):
        if table:
            rows = ("".join(f"<td>{_inline(cell)}</td>" for cell in _cells(block)) for block in group)
            body.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
            continue
        for block in group:
            tag = f"h{block.heading_level}" if block.heading_level else "p"
            words = _inline(block.runs)
            body.append(f"<ul><li>{words}</ul>" if block.bullet else f"<{tag}>{words}</{tag}>")
    return (
        f'<!doctype html><html><head><meta charset="utf-8">{_PRINT}</head><body>' + "\n".join(body) + "</body></html>"
    )


def word_twin(blocks: Sequence[Block]) -> bytes:
    """Write the blocks as a Word file."""
    document = docx.Document()
    for table, group in groupby(blocks, key=lambda block: block.table):
        if table:
            rows = [_cells(block) for block in group]
            written = document.add_table(len(rows), max(map(len, rows)))
            for cells, row in zip(rows, written.rows, strict=True):
                for runs, cell in zip(cells, row.cells, strict=False):
                    _add_runs(cell.paragraphs[0], runs)
            continue
        for block in group:
            if block.heading_level:
                _add_runs(document.add_heading(level=block.heading_level), block.runs)
            else:
                _add_runs(document.add_paragraph(style="List Bullet" if block.bullet else None), block.runs)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def printed(page: str, folder: Path, *options: str) -> bytes:
    """Print a page to PDF with Chromium."""
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(page, encoding="utf-8")
    subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--no-first-run", *options, f"--print-to-pdf={target}", source.as_uri(),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return target.read_bytes()


def exported(word_file: bytes, folder: Path) -> bytes:
    """Export a Word file to PDF with LibreOffice."""
    (folder / "page.docx").write_bytes(word_file)
    subprocess.run(
        [
            OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
            "--outdir", str(folder), str(folder / "page.docx"),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "page.pdf").read_bytes()


def _inline(runs: Sequence[Run]) -> str:
    written = ""
    for run in runs:
        text = html.escape(run.text)
        for mark in run.marks:
            tag = _TAGS[mark.kind]
            text = f"<{tag}>{text}</{tag}>"
        written += text
    return written


def _cells(block: Block) -> list[list[Run]]:
    cells: list[list[Run]] = [[]]
    for run in block.runs:
        if run.text == "\t":
            cells.append([])
        else:
            cells[-1].append(run)
    return cells


def _add_runs(paragraph: Paragraph, runs: Sequence[Run]) -> None:
    for run in runs:
        written = paragraph.add_run(run.text)
        for mark in run.marks:
            if mark.kind is EmphasisKind.HIGHLIGHT:
                written.font.highlight_color = WD_COLOR_INDEX.YELLOW
            elif mark.kind is EmphasisKind.COLOUR:
                written.font.color.rgb = RGBColor(255, 0, 0)
            else:
                setattr(written, mark.kind.value, True)
