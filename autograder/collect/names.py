"""Names of files and students: what counts as a notebook, what as rubbish, and what is safe on every disk."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath

_LONGEST = 180  # bytes; file systems take 255, and drafts and suffixes are a little longer
_COPY = r"(?: ?\(\d{1,3}\))?"  # what a browser adds to the second download of a file
_NOTEBOOK = re.compile(
    rf"(?P<stem>.*?){_COPY}\.ipynb{_COPY}(?:\.(?:txt|json)){{0,2}}{_COPY}(?:\.(?:txt|json))?",
    re.IGNORECASE | re.DOTALL,
)
HIDDEN = "it is hidden"
_RUBBISH = {
    "__macosx": "macOS put it there, not a student",
    ".ds_store": "macOS put it there, not a student",
    "thumbs.db": "Windows put it there, not a student",
    "desktop.ini": "Windows put it there, not a student",
    ".ipynb_checkpoints": "Jupyter's own copy of a notebook",
    "__pycache__": "Python's bytecode",
    ".git": "a version control system's",
}
# Nothing with a meaning on some disk; a percent sign itself, so that two names never become one.
_UNSAFE = set('%/\\:*?"<>|')


def notebook_stem(name: str) -> str | None:
    """Return what a notebook is called, without what browsers and mail add; None for other files."""
    found = _NOTEBOOK.fullmatch(name)
    return found["stem"] if found else None


def stem(name: str) -> str:
    """Return a file's name without its ending, and without the number of a second download."""
    known = notebook_stem(name)
    return re.sub(_COPY + r"$", "", PurePosixPath(name).stem) if known is None else known


def rubbish(path: PurePosixPath) -> str:
    """Say what put a file there if no student did; empty where one may have."""
    for part in path.parts:
        if why := _RUBBISH.get(part.casefold()):
            return why
    if path.name.startswith("._"):
        return "macOS put it there, not a student"
    hidden = any(part.startswith(".") and part.strip(".") for part in path.parts)
    return HIDDEN if hidden else ""


def composed(name: str) -> str:
    """Return a name with its letters composed (NFC)."""
    return unicodedata.normalize("NFC", name)


def alike(name: str) -> str:
    """Return what two names share that a person, or some disk, takes for the same."""
    return composed(" ".join(composed(name).casefold().split()))


def safe(name: str) -> str:
    """Return a name that any disk takes and in which nothing hides; different names stay different.

    Letters are composed. Whatever a disk or a terminal gives a meaning, or nobody sees, is
    percent-encoded; a long name is cut, with a digest of the whole.
    """
    name = composed(name)
    made = "".join(_encoded(c) if _is_odd(c) else c for c in name)
    if made[:1] in (".", "~", "-") or made[:1].isspace():
        made = _encoded(made[0]) + made[1:]
    if made[-1:] == "." or made[-1:].isspace():
        made = made[:-1] + _encoded(made[-1])
    if len(made.encode()) > _LONGEST:
        digest = hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:16]
        made = f"{made.encode()[: _LONGEST - 17].decode(errors='ignore')}~{digest}"
    return made or "%"


def _is_odd(character: str) -> bool:
    return character in _UNSAFE or unicodedata.category(character)[0] == "C" or (
        character != " " and unicodedata.category(character)[0] == "Z"
    )  # fmt: skip


def _encoded(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode(errors="surrogatepass"))


def unused(name: str, taken: Collection[str]) -> str:
    """Return the name, or one with a number, that is not alike any in `taken` (which are alike(...)d)."""
    if alike(name) not in taken:
        return name
    path = PurePosixPath(name)
    tried = (f"{path.stem}~{number}{path.suffix}" for number in range(2, len(taken) + 3))
    return next(each for each in tried if alike(each) not in taken)
