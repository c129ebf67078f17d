"""The parts of a Word file: a ZIP of XML, opened with bounds on its size, without entities and without the network."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from corpus.errors import UnreadableTerms
from corpus.readers.formats import WORD_DOCUMENT
from corpus.readers.limits import limits

_DAMAGED = "Word 文件不完整或已损坏，请重新下载，或用 Word 打开后另存一份"
_TOO_LARGE = "Word 文件解压后过大（可能是压缩炸弹），已拒绝读取；请把正文另存为新文件"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""Namespaces of *Strict Open XML*: the same elements under other names."""
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """One Word file."""

    def __init__(self, data: bytes, *, place: str) -> None:
        self._place = place
        self._main = WORD_DOCUMENT
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            names = self._zip.namelist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError) as error:
            raise UnreadableTerms(place, _DAMAGED) from error
        if len(names) > limits().zip_members:
            raise UnreadableTerms(place, _TOO_LARGE)
        self._names = frozenset(names)
        self._main = self._main_part()

    def document(self) -> etree._Element:
        """Return the document itself; UnreadableTerms when it is missing or damaged."""
        root = self._parse(self._main)
        if root is None:
            raise UnreadableTerms(self._place, _DAMAGED)
        return root

    def part(self, kind: str) -> etree._Element | None:
        """Return the part that the document names as its `styles`, `numbering`, `footnotes` or `endnotes`; or None."""
        target = self._related(self._main, kind)
        folder = posixpath.dirname(self._main)
        name = posixpath.normpath(posixpath.join(folder, target)) if target else f"{folder}/{kind}.xml"
        return self._parse(name.lstrip("/"))

    def _main_part(self) -> str:
        target = self._related("", "officeDocument")
        name = posixpath.normpath(target).lstrip("/") if target else WORD_DOCUMENT
        return name if name in self._names else WORD_DOCUMENT

    def _related(self, part: str, kind: str) -> str:
        folder, file = posixpath.split(part)
        relations = self._parse(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in () if relations is None else relations.iter(_RELATIONSHIP):
            if relation.get("Type", "").rpartition("/")[2] == kind and relation.get("TargetMode") != "External":
                return str(relation.get("Target", ""))
        return ""

    def _parse(self, name: str) -> etree._Element | None:
        if name not in self._names:
            return None
        data = self._read(name)
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableTerms(self._place, _DAMAGED) from error
        if root.getroottree().docinfo.doctype:  # Open Packaging Conventions 10.1.2 forbids it
            raise UnreadableTerms(self._place, _DAMAGED)
        return root

    def _read(self, name: str) -> bytes:
        try:
            facts = self._zip.getinfo(name)
            if facts.flag_bits & 1:
                raise UnreadableTerms(self._place, "Word 文件设有打开密码，请去掉密码后再提供")
            with self._zip.open(facts) as part:
                data = part.read(limits().part_bytes + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            if isinstance(error, UnreadableTerms):
                raise
            raise UnreadableTerms(self._place, _DAMAGED) from error
        swollen = len(data) > 1_000_000 and len(data) > limits().zip_ratio * max(1, facts.compress_size)
        if swollen or len(data) > limits().part_bytes:
            raise UnreadableTerms(self._place, _TOO_LARGE)
        return data
