"""PDF files for tests: the least that a PDF needs, written by hand, so that each feature stands alone."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdf

WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True)
class Words:
    """Words at a place."""

    text: str
    x: float = 60
    y: float = 700
    size: float = 12
    font: str = "SimSun"
    mode: int = 0
    """Text render mode: 2 draws the outline as well."""
    colour: str = "0 0 0"
    matrix: str = "1 0 0 1"

    def drawn(self, name: str) -> str:
        written = self.text.encode("utf-16-be").hex()
        state = f"{self.colour} rg {self.mode} Tr 0.3 w /{name} {self.size} Tf {self.matrix} {self.x} {self.y} Tm"
        return f"BT {state} <{written}> Tj ET"


def rule(x: float, y: float, width: float, height: float = 0.6, colour: str = "0 0 0") -> str:
    """Draw a filled shape."""
    return f"{colour} rg {x} {y} {width} {height} re f"


def pdf_file(*pages: list[Words | str]) -> bytes:
    """Write a PDF; a page is words at their places and drawing operators."""
    fonts = sorted({words.font for page in pages for words in page if isinstance(words, Words)})
    names = {font: f"F{index}" for index, font in enumerate(fonts)}
    objects: list[str] = []

    def add(content: str) -> int:
        objects.append(content)
        return len(objects)

    catalog, tree = add("<</Type/Catalog/Pages 2 0 R>>"), add("")
    references = " ".join(f"/{names[font]} {_font(font, add)} 0 R" for font in fonts)
    kids: list[int] = []
    for page in pages:
        stream = "\n".join(each if isinstance(each, str) else each.drawn(names[each.font]) for each in page)
        content = add(f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream")
        kids.append(
            add(
                f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
                f"/Resources<</Font<<{references}>>>>/Contents {content} 0 R>>"
            )
        )
    objects[tree - 1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>"
    return _written(objects, catalog)


def _font(name: str, add: object) -> int:
    assert callable(add)
    flags = "/Flags 4/ItalicAngle 0/Ascent 859/Descent -140/CapHeight 700/StemV 80/FontBBox[0 -140 1000 859]"
    descriptor = add(f"<</Type/FontDescriptor/FontName/{name}{flags}>>")
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    descendant = add(
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{name}{system}/DW 1000/FontDescriptor {descriptor} 0 R>>"
    )
    return int(
        add(f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/UniGB-UCS2-H/DescendantFonts[{descendant} 0 R]>>")
    )


def _written(objects: list[str], catalog: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010d} 00000 n \n".encode()
    out += f"trailer\n<</Size {len(objects) + 1}/Root {catalog} 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def locked(data: bytes) -> bytes:
    """Protect a PDF with a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def column(
    lines: list[str], *, x: float = 60, y: float = 780, leading: float = 18, **words: object
) -> list[Words | str]:
    """Put lines one below the other."""
    return [Words(line, x, y - leading * index, **words) for index, line in enumerate(lines)]  # type: ignore[arg-type]
