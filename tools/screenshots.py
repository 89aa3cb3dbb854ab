"""Takes the pictures in docs/ of the pages of the sample class, as people see them.

    python -m tools.screenshots [PAGES]

PAGES is what `autograder report` wrote, build/sample/graded/policy_gradient/pages if not said. Chromium is
needed.
"""

from __future__ import annotations

import argparse
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.helpers.browser import launched

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "build" / "sample" / "graded" / "policy_gradient" / "pages"
MOST = 200_000  # bytes


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the page, how large the window is, and in which light it is seen."""

    name: str
    page: str
    width: int = 1280
    height: int = 900
    media: str = "screen"
    scheme: str = "light"
    open: str = ""
    top: str = ""


SHOTS = (
    Shot("class-light", "index.html"),
    Shot("class-dark", "index.html", scheme="dark"),
    Shot("class-phone", "index.html", 390, 844),
    Shot("ideas-light", "index.html", open=".idea", top="#ideas"),
    Shot("checks-dark", "index.html", scheme="dark", top="#exercises"),
    Shot("scores-light", "index.html", top="#scores"),
    Shot("student-light", "students/farid.html"),
    Shot("student-dark", "students/greta.html", scheme="dark"),
    Shot("student-phone", "students/farid.html", 390, 844, top="details[open]"),
    Shot("student-print", "students/elif.html", 794, 1123, media="print"),
)


def take(browser: Any, shot: Shot, pages: Path) -> bytes:
    """Return the picture as PNG, with few enough colours for a small file."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.scheme
    )
    page = context.new_page()
    page.goto((pages / shot.page).as_uri())
    page.emulate_media(media=shot.media, color_scheme=shot.scheme)
    if shot.open:
        page.locator(shot.open).first.evaluate("element => element.open = true")
    if shot.top:
        page.locator(shot.top).first.evaluate("element => element.scrollIntoView()")
    picture = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    content = io.BytesIO()
    picture.convert("RGB").quantize(128).save(content, "PNG", optimize=True)
    return content.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Take all pictures; fail where one is too large to be kept."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots")
    parser.add_argument("pages", nargs="?", type=Path, default=PAGES)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "pages")
    asked = parser.parse_args(arguments)
    asked.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, launched(playwright) as browser:
        for shot in SHOTS:
            content = take(browser, shot, asked.pages.resolve())
            if len(content) > MOST:
                raise SystemExit(f"{shot.name} has {len(content)} bytes: choose a smaller window.")
            (asked.to / f"{shot.name}.png").write_bytes(content)
            print(f"{shot.name}.png  {len(content)} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
