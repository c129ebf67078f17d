"""Web pages, Markdown and plain bytes that want to run, fetch, explode or pass for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.payloads import ADDRESSES, FOREIGN, HANDLERS, SCRIPTS, STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator

CLAUSE = "1.1 乙方不承担任何责任。"


def web_files(secret: str) -> Iterator[tuple[str, bytes, str]]:
    """Web pages: name, bytes and outcome."""
    families = {"script": SCRIPTS, "handler": HANDLERS, "foreign": FOREIGN, "address": ADDRESSES, "style": STYLES}
    for family, payloads in families.items():
        for number, payload in enumerate(payloads):
            page = f"<!DOCTYPE html><html><body><p>{CLAUSE}</p>{payload}</body></html>"
            shown = "display:none" not in payload  # where the page hides itself, nothing is left to read
            yield f"{family}-{number}", page.encode(), "read" if shown else "refused"
    deep = 20_000
    for tag in ("div", "table", "ul", "b", "blockquote", "a", "font"):
        yield f"deep-{tag}", f"<p>{CLAUSE}</p>{f'<{tag}>' * deep}x{f'</{tag}>' * deep}".encode(), "read"
    yield "never-closed", f"<p>{CLAUSE}</p>{'<div>' * 100_000}".encode(), "read"
    yield "comment-never-closed", f"<p>{CLAUSE}</p><!-- {'hacked ' * 10_000}".encode(), "read"
    yield "entities", f"<p>{CLAUSE}</p><p>{'&amp;' * 200_000}&#99999999999;&#0;&#xD800;&nosuch;</p>".encode(), "read"
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]>'
    yield "entity-of-a-file", f"{entity}<html><p>{CLAUSE}</p><p>&x;</p></html>".encode(), "read"
    yield "many-attributes", f"<p {' '.join(f'a{n}=1' for n in range(50_000))}>{CLAUSE}</p>".encode(), "read"
    yield "hidden", f"<p>{CLAUSE}</p><p style='display:none'>hacked</p><p hidden>hacked</p>".encode(), "read"
    yield "said-encoding", f'<meta charset="utf-7"><p>{CLAUSE}</p>+ADw-script+AD4-'.encode(), "read"
    yield (
        "frames",
        f"<frameset><frame src=http://evil.example></frameset><noframes><p>{CLAUSE}</p></noframes>".encode(),
        "refused",
    )


def markdown_files() -> Iterator[tuple[str, bytes, str]]:
    """Markdown: name, text and outcome."""
    for name, text in {
        "script": "<script>window.hacked=1</script>",
        "quotes": ">" * 50_000 + " x",
        "lists": "- " * 20_000 + "x",
        "stars": "*" * 100_000,
        "stars-and-words": "*a **b " * 20_000,
        "underscores": "_a__b" * 20_000,
        "brackets": "[" * 100_000,
        "links": "[a](" * 30_000,
        "images": "![" * 50_000,
        "ticks": " ".join("`" * n for n in range(1, 300)),
        "references": "\n".join(f"[{n}]: <x> 'y" for n in range(5_000)),
        "tables": "|" * 50_000 + "\n" + "|-" * 50_000,
        "headings": "#" * 100_000 + " x",
        "numbers": "1." * 50_000,
        "dots": "。" * 200_000,
        "brackets-of-ours": "（" * 100_000,
        "backslashes": "\\" * 200_000,
        "entities": "&" * 100_000 + ";",
        "tags": "<a" * 50_000,
        "blanks": " " * 300_000 + "x",
        "lines": "\n" * 300_000 + "x",
        "tabs": "\t" * 100_000 + "x",
        "carriage-returns": "\r" * 100_000 + "x",
        "separators": "\u2028\u2029\x85" * 20_000,
        "combining": "责" + "\u0301" * 100_000,
        "turned": "\u202e" * 5_000 + CLAUSE,
    }.items():
        yield name, f"{CLAUSE}\n\n{text}\n".encode(), "read"


def byte_files() -> Iterator[tuple[str, bytes, str]]:
    """Bytes that pass for text: name, bytes and outcome."""
    text = f"{CLAUSE}\n\n1.2 甲方应当付款。\n"
    yield "utf-16-le", text.encode("utf-16"), "read"
    yield "utf-16-be", b"\xfe\xff" + text.encode("utf-16-be"), "read"
    yield "gb18030", text.encode("gb18030"), "read"
    yield "big5", "1.1 乙方不承擔任何責任。\n".encode("big5"), "read"
    yield "two-marks", b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode(), "read"
    yield "overlong", b"\xc0\xbcscript\xc0\xbe" + text.encode(), "refused"
    yield "surrogates", b"\xed\xa0\x80" + text.encode(), "refused"
    yield "cut-letter", text.encode()[:-2], "refused"
    yield "zero-bytes", text.encode() + bytes(100), "refused"
    yield "only-zero", bytes(1000), "refused"
    yield "only-a-mark", b"\xef\xbb\xbf", "refused"
    yield "nothing", b"", "refused"
    yield "program", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 50, "refused"
    yield "picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "refused"
    yield "old-word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "refused"
    yield "packed", b"\x1f\x8b\x08\x00" + bytes(range(256)) * 20, "refused"
    yield "one-long-line", ("1.1 责任" + "责" * 2_000_000).encode(), "read"
    yield "controls", text.encode() + b"\x1b[31m\x07\x08" * 50, "refused"


NAMES = (
    "../../etc/passwd.md",
    "..\\..\\x.md",
    "/etc/cron.d/x.md",
    "a\0b.md",
    "a\nb.md",
    "\u202egpj.md",
    "a" * 300 + ".md",
    "责" * 300 + ".md",
    "CON.md",
    "NUL",
    ".md",
    "..",
    "",
    "   .md",
    "<img src=x onerror=alert(1)>.md",
    "'; DROP TABLE terms; --.md",
    "$(touch hacked).md",
    "%2e%2e%2fx.md",
    "{0.__class__}.md",
    "%s%n%x.md",
    "\ud800.md",
    "a.md.exe",
    "-rf.md",
    "~/.ssh/id.md",
)
"""Names that a file may be uploaded under."""
