"""Take the pictures of the pages: `python -m tests.browser.screenshots docs/images`."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from .chromium import WAIT, open_page, running_browser, running_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FADED = 3_000
"""Milliseconds until the flash of a clause has faded."""


@dataclass(frozen=True)
class Picture:
    """One picture to take."""

    name: str
    """File name without its ending."""
    path: str
    """Address under the root."""
    ready: str
    """What must stand on the page."""
    width: int = 1440
    height: int = 900
    dark: bool = False


PICTURES = (
    Picture("customer", "/?q=谁付费？", ".answer"),
    Picture("support", "/support?q=违约金", ".found"),
    Picture("legal", "/legal?clause=13.4", ".findings"),
    Picture("not-found", "/?q=能退款吗？", ".answer"),
    Picture("customer-dark", "/?q=不及时告知变更后的送达地址会怎样？", ".answer", dark=True),
    Picture("customer-phone", "/?q=谁付费？", ".answer", width=390, height=844),
)


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """Open the page and return its first screen as a PNG with a palette, which keeps rare colours."""
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
    )
    page = context.new_page()
    open_page(page, address + picture.path)
    page.wait_for_selector(picture.ready, timeout=WAIT)
    page.wait_for_timeout(FADED)
    shown = Image.open(BytesIO(page.screenshot())).convert("RGB")
    context.close()
    packed = BytesIO()
    palette = shown.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def main(folder: Path) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as index,
        running_server(folder=Path(index)) as address,
        running_browser() as browser,
    ):
        for picture in PICTURES:
            image = take(browser, address, picture)
            (folder / f"{picture.name}.png").write_bytes(image)
            print(f"{picture.name}.png {len(image) / 1024:.0f} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
