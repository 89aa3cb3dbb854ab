"""Brings into the site of docs/ what lies elsewhere in the repository; a hook of MkDocs (see mkdocs.yml).

README, SECURITY and the package's own page stay where readers of the repository look for them, and are pages
of the site, too. A link to another file of the repository, or to a folder, is its name in the site: of the
course, which holds hidden checks and solutions, nothing is copied.
"""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
DOCS = "docs"
# Where a file of the repository stands in the site.
ELSEWHERE = {
    "README.md": "readme.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "autograder/README.md": "how-it-works.md",
}
_ORIGIN = {page: origin for origin, page in ELSEWHERE.items()}
# A table that a command wrote into another page is shown in place of the paragraph that says where it is.
_SHOWN = re.compile(r"<!-- shown: (\S+) (.+?) -->\n(?:.+\n)+")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")
_log = logging.getLogger("mkdocs.hooks.site")


def on_files(files: Files, *, config: Any) -> Files:
    """Add the pages from elsewhere."""
    for origin, page in ELSEWHERE.items():
        files.append(File.generated(config, page, content=(ROOT / origin).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Files) -> str:
    """Lead each link to where its target is in the site."""
    shown = page.file.src_uri
    origin = PurePosixPath(_ORIGIN.get(shown, f"{DOCS}/{shown}"))

    def led(link: re.Match[str]) -> str:
        picture, text, target, anchor = link[1], link[2], link[3], link[4] or ""
        path = os.path.normpath(origin.parent / target)
        if path in ELSEWHERE:
            return f"{picture}[{text}]({ELSEWHERE[path]}{anchor})"
        if path.startswith(f"{DOCS}/"):
            return f"{picture}[{text}]({path.removeprefix(f'{DOCS}/')}{anchor})"
        if not (ROOT / path).exists():
            _log.warning("%s has a link to %s, which is not there.", origin, target)
        return text if path in text or PurePosixPath(path).name in text else f"{text} (`{path}`)"

    return _LINK.sub(led, _SHOWN.sub(_table, markdown))


def _table(asked: re.Match[str]) -> str:
    """Return what stands between the two comments of that name in another page."""
    text = (ROOT / asked[1]).read_text("utf-8")
    _, begins, rest = text.partition(f"<!-- {asked[2]}: begin -->\n")
    table, ends, _ = rest.partition(f"<!-- {asked[2]}: end -->")
    if not (begins and ends):
        _log.warning("%s has no table %s.", asked[1], asked[2])
    return table
