"""Templates that escape whatever they are given, and the policy under which a browser shows the pages.

The Content-Security-Policy (W3C, level 3) is the second wall: no script but ours, known by its hash, no style
but ours, no picture, frame, form, address or request at all. In a folder the style sheet is a file beside the
pages, which `'self'` means; where a browser gives every file an origin of its own, `file:` does.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.pages import words
from autograder.plaintext import told_apart

_HERE = Path(__file__).parent
_NOTHING_ELSE = "default-src 'none'; base-uri 'none'; form-action 'none'"
STYLE_FILE = "style.css"


@cache
def _environment() -> Environment:
    """Return Jinja with autoescape; a name that a template misspells is an error."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"points": words.points, "plain": told_apart, "address": address}
    environment.globals |= {"VERDICTS": words.VERDICTS}
    return environment


def address(path: str) -> str:
    """Return a relative address of a file, whose name may hold percent signs."""
    return quote(path, safe="/")


@cache
def style() -> str:
    """Return the style sheet."""
    return (_HERE / STYLE_FILE).read_text("utf-8")


@cache
def script() -> str:
    """Return the class page's script."""
    return (_HERE / "class.js").read_text("utf-8")


def in_folder(template: str, depth: int, **values: Any) -> str:
    """Return a page of a folder, `depth` folders below its style sheet."""
    policy = f"{_NOTHING_ELSE}; style-src 'self' file:"
    if template == "class.html":
        policy += f"; script-src {_hash(script())}"
    sheet = "../" * depth + STYLE_FILE
    return _page(template, policy, sheet=sheet, style=Markup(""), **values)


def alone(template: str, **values: Any) -> str:
    """Return a page that is one file, its style sheet in it."""
    policy = f"{_NOTHING_ELSE}; style-src {_hash(style())}"
    return _page(template, policy, sheet="", style=Markup(style()), **values)


def _page(template: str, policy: str, **values: Any) -> str:
    made = _environment().get_template(template)
    return made.render(policy=policy, script=Markup(script()), **values)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
