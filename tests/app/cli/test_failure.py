"""What is told as a person's own mistake, and what as ours."""

from __future__ import annotations

import errno
from importlib import import_module

import pytest

from app.cli.failure import EXPECTED, WrongInput, explain
from corpus.errors import UnreadableTerms
from index.errors import EncoderUnusable


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_name_is_an_error_of_ours(name: str) -> None:
    """Names are compared, so that nothing has to be loaded: each must exist where it says."""
    module, _, kind = name.rpartition(".")
    assert issubclass(getattr(import_module(module), kind), Exception)


def test_mistakes_of_a_person() -> None:
    """The error's own words, on one line; subclasses count."""
    assert explain(WrongInput("两行\n文字")) == "两行 文字"
    assert explain(UnreadableTerms("a.md", "没有这个文件")) == "a.md：没有这个文件"
    assert explain(EncoderUnusable("编码器不存在", cure="请检查路径")) == "编码器不存在；请检查路径"


def test_what_the_system_refuses() -> None:
    """Rights, a full disk, a folder where a file should be."""
    assert explain(PermissionError(errno.EACCES, "Permission denied", "/x")) == "/x：没有权限"
    assert explain(IsADirectoryError(errno.EISDIR, "Is a directory", "/x")) == "/x：这是文件夹，应是文件"
    assert explain(OSError(errno.ENOSPC, "No space left on device")) == "输出：磁盘已满"


def test_a_long_name_is_cut() -> None:
    """The line keeps its beginning and its reason."""
    line = explain(OSError(errno.ENAMETOOLONG, "File name too long", "a" * 5000))
    assert line is not None
    assert len(line) == 401
    assert line.endswith("…" + "a" * 194 + "：文件名太长")


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        KeyError("x"),
        FileNotFoundError(errno.ENOENT, "No such file or directory", "one of ours"),
        PermissionError(errno.EACCES, "Permission denied"),
    ],
)
def test_faults_of_ours(error: Exception) -> None:
    """Anything else is not blamed on the person."""
    assert explain(error) is None
