"""Files that commands write."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.cli.failure import WrongInput

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


def check_target(path: Path | None, endings: Collection[str]) -> None:
    """Refuse a file that cannot be written before the work is done; WrongInput."""
    if path is None:
        return
    if path.suffix.lower() not in endings:
        raise WrongInput(f"{path}：文件名应以 {'、'.join(endings)} 结尾")
    if not path.parent.is_dir():
        raise WrongInput(f"{path}：没有 {path.parent} 这个文件夹")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell what was written; WrongInput when it cannot be."""
    try:
        yield
    except OSError as error:
        raise WrongInput(f"{path}：写不出这个文件，请检查路径、权限和磁盘空间") from error
    sys.stderr.write(f"已写出 {path}\n")
