"""Claims about the site that `make docs` builds: it opens and is searched from disk, and asks no other host.

MkDocs itself, which is strict, refuses pages without a place and links or anchors that lead nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.browser import missing, page
from tests.helpers.grading import ROOT

SITE = ROOT / "build" / "site"
# What a browser loads by itself: not where a reader may go by a click.
LOADED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"([^\"]+)\"|<link\b[^>]*\bhref=\"([^\"]+)\""
)


@pytest.fixture(scope="module")
def pages() -> list[Path]:
    """All pages of the site."""
    if not (SITE / "index.html").is_file():
        pytest.skip("The site is not built here: make docs.")
    return sorted(SITE.rglob("*.html"))


def test_what_a_page_loads_lies_beside_it(pages: list[Path]):
    """Scripts, styles, fonts and pictures: each is a file of the site. The page 404 is for servers."""
    for each in pages:
        if each.name == "404.html":
            continue
        found = LOADED.findall(each.read_text(encoding="utf-8"))
        targets = [source or link for source, link in found]
        assert targets
        for target in targets:
            path = target.partition("?")[0].partition("#")[0]
            assert (each.parent / path).is_file(), f"{each.name}: {target}"


def test_no_style_loads_from_elsewhere(pages: list[Path]):
    """Fonts, above all."""
    for style in SITE.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", style.read_text("utf-8")), style


def test_nothing_secret_is_in_it(pages: list[Path]):
    """Of the course it shows what the documents show, and no file of it."""
    kinds = {path.suffix for path in SITE.rglob("*") if path.is_file()}
    assert not kinds & {".py", ".ipynb", ".key", ".toml", ".h5"}


@pytest.mark.browser
def test_it_is_searched_from_disk(pages: list[Path], unless: Callable[[bool, str], None]):
    """Browsers give such pages no worker: one of ours stands in. No request leaves the machine meanwhile."""
    unless(missing() is None, missing() or "")
    asked: list[str] = []
    with page(lambda address: address.startswith("file:"), 1280, 900) as opened:
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto((SITE / "index.html").as_uri())
        box = opened.locator("[name=query]")
        box.click()
        box.press_sequentially("penalty")
        opened.locator(".md-search-result__item").first.wait_for()
        titles = opened.locator(".md-search-result__item h1").all_inner_texts()
    assert any("Taking in a class" in title for title in titles)
    assert [address for address in asked if not address.startswith("file:")] == []
