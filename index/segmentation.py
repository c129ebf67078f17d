"""Chinese text to words for the sparse index: jieba with the dictionary of terms in `terms.txt`."""

from __future__ import annotations

import hashlib
import logging
import re
import threading
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

from index import word_list
from index.cleaning import clean, simplified
from index.lean import import_without

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WORD = re.compile(
    r"""
    [a-z0-9]+ (?: [.\-_@/+] [a-z0-9]+ )*   # 13.5, 99.95, www.jdcloud.com, api-key
  | [^\W_a-z0-9]+                          # a run of letters of any other script
    """,
    re.VERBOSE,
)
_PART = re.compile(r"[a-z]{2,}|\d+")


def segment(text: str, *, search: bool = True) -> list[str]:
    """Words of `text` in order, folded (NFKC, Simplified, lower case), without punctuation and stop words.

    `search` adds the shorter words inside a long one before it (`不可抗力事件` also gives `不可抗力` and `事件`);
    jieba's own search mode looks at two and three characters alone. Dotted numbers stay whole: `13.5` is one word.
    """
    tokenizer = _segmenter().tokenizer
    words: list[str] = []
    for match in _WORD.finditer(simplified(clean(text)).lower()):
        run = match.group()
        if not run[0].isascii():
            for word in tokenizer.cut(run):
                words.extend(_inner(word, tokenizer.FREQ) if search else ())
                words.append(word)
        else:
            words.append(run)
            if search and not run.isalnum() and not re.fullmatch(r"[\d.]+", run):
                words.extend(_PART.findall(run))
    stop_words = _stop_words()
    return [word for word in words if word not in stop_words]


def cut(text: str) -> list[str]:
    """Words, numbers, spaces and punctuation of `text` in order, nothing changed: joined, they are the text."""
    return list(_segmenter().tokenizer.cut(text))


def frequency(word: str) -> int:
    """How often jieba's dictionary has seen a word; 0 for what is none."""
    segmenter = _segmenter()
    segmenter.want(word)
    return int(segmenter.tokenizer.FREQ.get(word) or 0)


def _inner(word: str, frequencies: Mapping[str, int]) -> list[str]:
    """Words of the dictionary inside `word`, shorter first."""
    sizes = range(2, len(word))
    grams = [word[start : start + size] for size in sizes for start in range(len(word) - size + 1)]
    return [gram for gram in grams if frequencies.get(gram)]


@cache
def fingerprint() -> str:
    """Identify the segmentation: with another dictionary, rule or jieba the words of an index are other words."""
    said = hashlib.sha256(version("jieba").encode())
    said.update(version("opencc").encode())
    said.update(dictionary().encode())
    said.update(_WORD.pattern.encode())
    said.update(" ".join(sorted(_stop_words())).encode())
    return said.hexdigest()[:16]


def dictionary() -> str:
    """Give the project's dictionary: a term a line."""
    return files("index").joinpath("terms.txt").read_text(encoding="utf-8")


@cache
def _stop_words() -> frozenset[str]:
    lines = files("index").joinpath("stop_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@dataclass(frozen=True, slots=True)
class _Segmenter:
    tokenizer: Any
    """A jieba.Tokenizer."""
    want: Callable[[str], None]
    """Makes its dictionary hold all words of a text, which cutting the text does by itself."""


_loading = threading.Lock()


def _segmenter() -> _Segmenter:
    with _loading:
        return _load()


@cache
def _load() -> _Segmenter:
    """Our own jieba: its dictionary and ours lie together in a file of the user's, made when it is missing."""
    # It asks pkg_resources for one path, does without, and would load it longer than itself.
    jieba = import_without("jieba", "pkg_resources")
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialized = True
    made_of = hashlib.sha256(f"{version('jieba')}\n{dictionary()}".encode()).hexdigest()[:16]
    path = user_cache_path("clauselight") / "words" / f"{made_of}.words"
    words = word_list.load(path)
    if words is None:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        for line in dictionary().splitlines():
            for term in line.partition("#")[0].lower().split():
                tokenizer.add_word(term)
        word_list.write(path, tokenizer.FREQ, tokenizer.total)
        return _Segmenter(tokenizer, lambda _: None)
    tokenizer.FREQ, tokenizer.total = words.known, words.total
    tokenizer.get_DAG = _reading(words.want, tokenizer.get_DAG)
    return _Segmenter(tokenizer, words.want)


def _reading(want: Callable[[str], None], look_up: Callable[[str], Any]) -> Callable[[str], Any]:
    """Let jieba's look-up of all words in a text come after they were read."""

    def wanted(text: str) -> Any:
        want(text)
        return look_up(text)

    return wanted
