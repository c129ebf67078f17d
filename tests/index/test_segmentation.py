"""Words: the dictionary's terms stay whole, numbers stay whole, what says nothing is dropped."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import read_terms
from index.segmentation import _segmenter, cut, dictionary, fingerprint, frequency, segment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("逾期支付违约金", ["逾期支付", "违约金"]),
        ("不可抗力事件", ["不可抗力事件"]),
        ("微电云的管辖与送达", ["微电云", "管辖", "送达"]),
        ("见13.5条，可用性99.95%", ["见", "13.5", "条", "可用性", "99.95"]),
        ("ＳＬＡ（服务等级协议）", ["sla", "服务等级协议"]),
        ("，。！？（）—— …", []),
        ("\0\ud800", []),
    ],
)
def test_words_of_terms(text: str, words: list[str]) -> None:
    assert segment(text, search=False) == words


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("不可抗力事件", {"不可抗力", "事件"}),
        ("有管辖权的人民法院", {"管辖", "管辖权", "人民法院", "法院"}),
        ("www.jdcloud.com", {"jdcloud"}),
    ],
)
def test_search_mode_adds_the_words_inside(text: str, inner: set[str]) -> None:
    assert inner <= set(segment(text))
    assert not inner & set(segment(text, search=False))


def test_dotted_numbers_are_never_taken_apart() -> None:
    assert segment("12.2.1") == ["12.2.1"]


def test_every_term_of_the_dictionary_is_one_word() -> None:
    lines = files("index").joinpath("terms.txt").read_text(encoding="utf-8").splitlines()
    terms = [term for line in lines for term in line.partition("#")[0].split() if not term.isascii()]
    apart = [term for term in terms if term.lower() not in segment(term) and not any(map(str.isascii, term))]
    assert len(terms) == len(set(terms)) > 500
    assert apart == []


@given(st.text(st.characters(), max_size=80))
def test_any_text_is_segmented_into_words_of_itself(text: str) -> None:
    assert all(word and not word.isspace() for word in segment(text))


def test_threads_may_load_the_dictionary_together() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len({tuple(words) for words in pool.map(segment, ["争议由法院管辖"] * 16)}) == 1


def test_fingerprint_is_the_same_in_another_process() -> None:
    script = "from index.segmentation import fingerprint; print(fingerprint())"
    root = Path(__file__).resolve().parents[2]
    found = subprocess.run([sys.executable, "-c", script], check=True, cwd=root, capture_output=True, text=True)
    assert found.stdout.strip() == fingerprint()


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME is Linux's")
def test_jieba_is_quiet_and_the_dictionary_lies_in_a_private_folder(tmp_path: Path) -> None:
    """Jieba's own cache is a `marshal` file in a world-writable folder: others could replace it."""
    script = "from index.segmentation import segment; assert segment('违约金') == ['违约', '违约金']"
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path), "TMPDIR": str(tmp_path / "tmp")}
    (tmp_path / "tmp").mkdir()
    root = Path(__file__).resolve().parents[2]
    for _ in ("made", "read"):
        run = subprocess.run(
            [sys.executable, "-c", script], check=True, cwd=root, env=environment, capture_output=True, text=True
        )
        folder = tmp_path / "clauselight" / "words"
        assert (run.stdout, run.stderr) == ("", "")
        assert [path.suffix for path in folder.iterdir()] == [".words"]
        assert folder.stat().st_mode & 0o077 == 0
        assert list((tmp_path / "tmp").iterdir()) == []


def test_the_dictionary_in_parts_gives_the_words_of_the_whole() -> None:
    """Jieba with all its entries in memory is what the words of an index have always been."""
    whole = jieba.Tokenizer()
    whole.FREQ, whole.total = whole.gen_pfdict(whole.get_dict_file())
    whole.initialized = True
    for line in dictionary().splitlines():
        for term in line.partition("#")[0].lower().split():
            whole.add_word(term)
    assert whole.total == _segmenter().tokenizer.total
    terms = read_terms(["weidianyun"]).documents[0]
    for text in [*(clause.text for clause in terms.clauses), "T恤和C++的𠮷野家，打官司去哪里"]:
        assert cut(text) == list(whole.cut(text))
        for word in cut(text):
            assert frequency(word) == (whole.FREQ.get(word) or 0)
