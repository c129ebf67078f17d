"""Take the pictures of the pages: `python -m tests.browser.screenshots docs/images [NAME…]`."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from .chromium import WAIT, quiet, running_browser, running_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

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
    act: Callable[[Page], None] | None = None
    """What is done before the picture is taken."""


def must_read(page: Page) -> None:
    """Open the first clauses to be read."""
    for entry in page.locator(".must-entry").all()[:3]:
        entry.locator("summary").click()
    page.locator("#must-read").evaluate("node => scrollTo(0, node.getBoundingClientRect().top + scrollY - 72)")
    page.wait_for_timeout(1500)


def follow_up(page: Page) -> None:
    """Ask a second question that leans on the first."""
    page.fill("#question textarea, #question input", "那违约金呢？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaning", timeout=WAIT)


def read_all(page: Page) -> None:
    """Read everything, take the receipt and open it."""
    page.get_by_text("全部展开").click()
    for entry in page.locator("[data-must]").all():
        entry.locator("[data-seen]").scroll_into_view_if_needed()
        page.wait_for_selector(f'[data-must="{entry.get_attribute("data-must")}"].is-read', timeout=WAIT)
    page.get_by_role("button", name="生成阅读凭证").click()
    link = page.get_by_role("link", name="打开并打印").get_attribute("href", timeout=WAIT)
    page.goto(page.url.split("?")[0] + link.removeprefix("./"))


def choose(page: Page) -> None:
    """Narrow a look-up, go down the list, unfold what stands around a clause."""
    page.locator(".filter-fold summary").click()
    page.get_by_label("违约", exact=True).check()
    page.wait_for_timeout(600)
    page.locator("#query-words").focus()
    page.keyboard.press("ArrowDown")
    page.locator(".is-picked .around-fold summary").click()


def open_tab(name: str) -> Callable[[Page], None]:
    """Open a part of the legal page."""

    def act(page: Page) -> None:
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(1500)
        page.locator(".tabs").evaluate("node => scrollTo(0, node.getBoundingClientRect().top + scrollY - 72)")

    return act


def compare(page: Page) -> None:
    """Upload two versions and one broken file, then compare."""
    old = "1. 服务\n\n1.1 费用为每月一百元。\n\n1.2 本公司对间接损失不承担责任。\n\n1.3 通知以书面为准。\n"
    new = "1. 服务\n\n1.1 费用为每月一百二十元。\n\n1.2 **本公司对间接损失不承担责任。**\n\n1.3 期满自动续费。\n"
    files = [("条款-2025.md", old.encode()), ("条款-2026.md", new.encode()), ("损坏.docx", b"\x00\x01")]
    page.locator("#review-files").set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )
    page.wait_for_selector(".uploads .is-wrong", timeout=WAIT)
    page.get_by_role("tab", name="版本对比").click()
    page.get_by_label("旧版本").select_option(label="条款-2025.md")
    page.get_by_role("button", name="比较").click()
    page.wait_for_selector(".changes", timeout=WAIT)


PICTURES = (
    Picture("customer", "/?q=谁付费？", ".answer"),
    Picture("customer-start", "/", ".chips"),
    Picture("follow-up", "/?q=欠费会怎样？", ".answer", act=follow_up),
    Picture("must-read", "/", ".must-read", act=must_read),
    Picture("must-read-phone", "/", ".must-read", width=360, height=780, act=must_read),
    Picture("receipt", "/", ".must-read", act=read_all),
    Picture("not-found", "/?q=能退款吗？", ".answer"),
    Picture("customer-dark", "/?q=不及时告知变更后的送达地址会怎样？", ".answer", dark=True),
    Picture("customer-tablet", "/?q=谁付费？", ".answer", width=768, height=1024),
    Picture("customer-phone", "/?q=谁付费？", ".answer", width=390, height=844),
    Picture("support-start", "/support", "#query-words"),
    Picture("support", "/support?q=违约金", ".found", act=choose),
    Picture("support-phone", "/support?q=违约金", ".found", width=360, height=780),
    Picture("support-dark", "/support?q=13.5", ".found", dark=True),
    Picture("legal", "/legal?clause=13.4", ".findings"),
    Picture("legal-dark", "/legal", ".findings", dark=True),
    Picture("legal-phone", "/legal", ".findings", width=360, height=780),
    Picture("lint", "/legal", ".findings", act=open_tab("起草检查")),
    Picture("compare", "/legal", ".findings", act=compare),
    Picture("embedded", "/embed/must-read?doc=weidianyun", ".must-read", width=480, height=720),
    Picture("api", "/api", "h2"),
)


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """Open the page and return its first screen as a PNG with a palette, which keeps rare colours."""
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
    )
    page = context.new_page()
    with quiet(page):
        page.goto(address + picture.path, timeout=WAIT)
        page.wait_for_selector(picture.ready, timeout=WAIT)
    if picture.act is not None:
        picture.act(page)
    page.wait_for_timeout(FADED)
    shown = Image.open(BytesIO(page.screenshot())).convert("RGB")
    context.close()
    packed = BytesIO()
    palette = shown.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def main(folder: Path, *names: str) -> None:
    """Take the pictures of these names, or every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as index,
        running_server(folder=Path(index)) as address,
        running_browser() as browser,
    ):
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            image = take(browser, address, picture)
            (folder / f"{picture.name}.png").write_bytes(image)
            print(f"{picture.name}.png {len(image) / 1024:.0f} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
