"""Debian's Chromium, for pages that must not do anything, and for one that a test works with."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def missing() -> str | None:
    """One sentence on why no page can be opened here; None where one can."""
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is not installed here: pip install playwright."
    if not _executable():
        return "There is no Chromium here: apt-get install chromium."
    return None


def _executable() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@dataclass
class Opened:
    """A page after it was opened: its title, its text, its elements, and all that it tried to do."""

    title: str
    text: str
    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    live: list[str] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)


Open = Callable[..., Opened]

# What of the page's own elements could act: handlers, and addresses that are programs.
_LIVE = """() => [...document.querySelectorAll('*')].flatMap(element =>
  [...element.attributes]
    .filter(a => (a.name.startsWith('on') || /^\\s*(javascript|data:text|vbscript)/i.test(a.value)))
    .map(a => `${element.tagName} ${a.name}=${a.value}`.slice(0, 120)))"""


# All elements in their order, each with its classes.
_ELEMENTS = """() => [...document.querySelectorAll('*')].map(
  element => `${element.tagName}.${element.getAttribute('class') || ''}`)"""


@contextmanager
def browser(allowed: Callable[[str], bool], until: str = "networkidle") -> Iterator[Open]:
    """Yield what opens a page, and waits until it `shows` a text.

    Requests to addresses that are not `allowed` are noted and refused. A page is open at the moment `until`.
    """
    with _context() as context:
        yield lambda address, shows="": _open(context, address, allowed, shows, until)


@contextmanager
def page(allowed: Callable[[str], bool], width: int, height: int) -> Iterator[Any]:
    """Yield an empty page of Playwright with so many pixels, which reaches `allowed` addresses."""
    with _context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        _watch_requests(page, allowed)
        yield page


@contextmanager
def _context(**options: Any) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, launched(playwright) as chromium:
        yield chromium.new_context(**options)


@contextmanager
def launched(playwright: Any) -> Iterator[Any]:
    """Yield the browser itself."""
    chromium = playwright.chromium.launch(executable_path=_executable(), args=["--no-sandbox"])
    try:
        yield chromium
    finally:
        chromium.close()


def _watch_requests(page: Any, allowed: Callable[[str], bool]) -> list[str]:
    """Refuse requests to addresses that are not `allowed`; return the list in which they are noted."""
    refused: list[str] = []

    def route(request: Any) -> None:
        if allowed(request.request.url):
            request.continue_()
        else:
            refused.append(request.request.url)
            request.abort()

    page.route("**/*", route)
    return refused


def _open(
    context: Any, address: str, allowed: Callable[[str], bool], shows: str, until: str
) -> Opened:
    page = context.new_page()
    asked = _watch_requests(page, allowed)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(address, wait_until=until, timeout=120_000)
    page.wait_for_function(
        "text => document.body.innerText.includes(text)", arg=shows, timeout=120_000
    )
    opened = Opened(
        page.title(),
        page.evaluate("() => document.body.innerText"),
        asked,
        dialogs,
        page.evaluate(_LIVE),
        page.evaluate(_ELEMENTS),
    )
    page.close()
    return opened
