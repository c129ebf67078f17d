"""Try the parser on made-up texts, for as long as one likes: `python -m tests.corpus.fuzz --minutes 30`.

Each round draws one text from the strategies of the properties, or mutates a document that ships, and checks every
property. The first text that breaks one is printed with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from tests.corpus.test_parse_properties import check_everything

SHIPPED = Path(__file__).resolve().parents[2] / "corpus/documents/weidianyun.md"
SCRAPS = (
    "**", "*", "__", "~~", "`", "[", "](", "<b>", "</b>", "<!--", "-->", "<br/>", "\\", "|", "|-|", "> ", "- ", "#",
    "## ", "\n", "\n\n", "\r\n", "\r", "\t", "\u3000", "\xa0", "\u200b", "&lt;", "1.", "1.1", "1、", "一、",
    "（一）", "（1）", "1)", "①", "a.", "第一条", "第二章", "第十二条之一", "附件一", "目录", "：", "；", "。", "，",
    "的", "款",
    "3个工作日", "2.5元", "甲方", "乙方", "（以下简称“", "”）", "“", "是指", "前款", "见第3.2条", "《", "》", "---",
    "===",
    "```", "\x00", "\ufeff", "𠮷",
)  # fmt: skip


def make(seed: int, base: str) -> str:
    """Make one text: scraps strung together, or the base document with some of them put in, taken out or swapped."""
    chance = random.Random(seed)
    if chance.random() < 0.5:
        return "".join(chance.choices(SCRAPS, k=chance.randint(1, 120)))
    start = chance.randrange(len(base))
    text = base[start : start + chance.randint(20, 1500)]
    for _ in range(chance.randint(1, 30)):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice(SCRAPS) + text[place + chance.randint(0, 5) :]
    return text


def fuzz(seconds: float, *, first_seed: int = 0) -> int:
    """Check texts until the time is over and count them. Raises what the first broken one raises."""
    base = SHIPPED.read_text(encoding="utf-8")
    end = time.monotonic() + seconds
    seed = first_seed
    while time.monotonic() < end:
        text = make(seed, base)
        try:
            check_everything(text)
        except Exception:
            sys.stderr.write(f"seed {seed}: {text!r}\n")
            raise
        seed += 1
    return seed - first_seed


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    print(f"{fuzz(60 * chosen.minutes, first_seed=chosen.seed)} texts, nothing found")
