"""Word files for tests: made with python-docx, with the parts that it does not know written as XML."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import docx

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_file(
    body: str, *, styles: str = "", numbering: str = "", footnotes: str = "", replace: Mapping[str, bytes] | None = None
) -> bytes:
    """Make a Word file with this body; `styles`, `numbering` and `footnotes` are the contents of their parts."""
    empty = io.BytesIO()
    docx.Document().save(empty)
    parts = {
        f"word/{name}.xml": (name, content)
        for name, content in (("numbering", numbering), ("footnotes", footnotes))
        if content
    }
    out = io.BytesIO()
    with zipfile.ZipFile(empty) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            data = source.read(member)
            if member == "word/document.xml":
                data = f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>".encode()
            elif member == "word/styles.xml" and styles:
                data = f"<w:styles {_NAMESPACES}>{styles}</w:styles>".encode()
            elif member == "[Content_Types].xml":
                data = _with(
                    data,
                    "</Types>",
                    (
                        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>'
                        for name, _ in parts.values()
                    ),
                )
            elif member == "word/_rels/document.xml.rels":
                data = re.sub(rb"<Relationship [^>]*/(?:numbering|footnotes)\"[^>]*/>", b"", data)
                data = _with(
                    data,
                    "</Relationships>",
                    (
                        f'<Relationship Id="rX{name}" Type="{_RELATION}/{name}" Target="{name}.xml"/>'
                        for name, _ in parts.values()
                    ),
                )
            if member not in parts and member not in (replace or {}):
                target.writestr(member, data)
        for member, (name, content) in parts.items():
            target.writestr(member, f"<w:{name} {_NAMESPACES}>{content}</w:{name}>")
        for member, data in (replace or {}).items():
            target.writestr(member, data)
    return out.getvalue()


def _with(data: bytes, end: str, additions: object) -> bytes:
    return data.replace(end.encode(), ("".join(additions) + end).encode())  # type: ignore[call-overload]


def p(text: str = "", *, style: str = "", properties: str = "", mark: str = "", runs: str = "") -> str:
    """Make a paragraph; `mark` is the print of its mark, `runs` its runs as XML."""
    inner = f'<w:pStyle w:val="{style}"/>' * bool(style) + properties + f"<w:rPr>{mark}</w:rPr>" * bool(mark)
    return f"<w:p><w:pPr>{inner}</w:pPr>{r(text) if text else ''}{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Make a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    """Make a paragraph of a list."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, properties=numbering)


def level(depth: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """Make a numbering part with one abstract list."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"
