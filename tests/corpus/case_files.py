r"""Cases as text files: a title, the Markdown, and the clause tree that it must give.

    title
    .
    Markdown; \u{3000} stands for the character that is hard to see
    .
    kind [label] text, one clause a line, indented under its parent
    .

Bold words stand in ⟪…⟫, bold that a renderer does not show in ⟪?…⟫, other emphasis names its kind: ⟪underline:…⟫.
`<- 12.2` names the clause that leads in; `! gap: 3, not 2` is a slip in the numbering. Lines that begin with `;`
between cases are remarks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.readers.markdown import read_markdown
from corpus.structure import Structure, build_structure
from corpus.types import EmphasisKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corpus.types import Clause, Mark

_ESCAPE = re.compile(r"\\u\{([0-9A-Fa-f]{1,6})\}")
_HARD_TO_SEE = {"\t": "\\u{9}", "\u3000": "\\u{3000}", "\xa0": "\\u{A0}", "\u200b": "\\u{200B}", "\ufeff": "\\u{FEFF}"}


@dataclass(frozen=True)
class Case:
    """One case of a file."""

    file: str
    line: int
    """Line of the title, 1-based."""
    title: str
    markdown: str
    expected: str


def read_cases(path: Path) -> Iterator[Case]:
    lines = path.read_text(encoding="utf-8").split("\n")
    position = 0
    while position < len(lines):
        if not lines[position].strip() or lines[position].startswith(";"):
            position += 1
            continue
        assert lines[position + 1] == ".", f"{path.name}:{position + 2}: expected a point below the title"
        middle = lines.index(".", position + 2)
        end = lines.index(".", middle + 1)
        markdown = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), "\n".join(lines[position + 2 : middle]))
        yield Case(path.name, position + 1, lines[position], markdown, "\n".join(lines[middle + 1 : end]))
        position = end + 1


def rewrite(path: Path) -> None:
    """Write the trees that the parser gives today into the file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for case in reversed(list(read_cases(path))):
        middle = lines.index(".", case.line + 1)
        end = lines.index(".", middle + 1)
        lines[middle + 1 : end] = tree_of(case.markdown).split("\n")
    path.write_text("\n".join(lines), encoding="utf-8")


def tree_of(markdown: str) -> str:
    return render(build_structure("d", read_markdown(markdown).blocks))


def render(structure: Structure) -> str:
    lines = [f"= {structure.title}"] if structure.title else []
    depths: dict[str, int] = {}
    for clause in structure.clauses:
        depths[clause.clause_id] = 0 if clause.parent_id is None else depths[clause.parent_id] + 1
        label = f" [{clause.label}]" if clause.label else ""
        lead_in = f" <- {clause.lead_in_id.removeprefix('d#')}" if clause.lead_in_id else ""
        text = _visible("".join(_marked(clause)))
        lines.append(f"{'  ' * depths[clause.clause_id]}{clause.kind}{label} {text}{lead_in}")
    for slip in structure.anomalies:
        name = slip.clause_id.removeprefix("d#")
        lines.append(f"! {slip.kind}: {name}{f', not {slip.expected}' if slip.expected else ''}")
    return "\n".join(lines)


def _visible(text: str) -> str:
    for character, escape in _HARD_TO_SEE.items():
        text = text.replace(character, escape)
    return text


def _marked(clause: Clause) -> Iterator[str]:
    open_marks: list[Mark] = []
    for run in clause.runs:
        while any(mark not in run.marks for mark in open_marks):
            open_marks.pop()
            yield "⟫"
        for mark in sorted(run.marks.difference(open_marks)):
            name = "" if mark.kind is EmphasisKind.BOLD else f"{mark.kind}:"
            yield f"⟪{'' if mark.renders else '?'}{name}"
            open_marks.append(mark)
        yield run.text
    yield "⟫" * len(open_marks)
