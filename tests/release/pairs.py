"""The pairs of `scaffold/*.txt`: why, then `=== master`, then `=== release` or `=== error`.

A new file is a new test: nothing lists them. Whatever else a file holds is a mistake in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "scaffold"


@dataclass(frozen=True)
class Pair:
    """One file: what stands in the master and what must come out of it."""

    name: str
    why: str
    master: str
    release: str | None
    error: str | None


def read_pair(path: Path) -> Pair:
    """Read one file; raises `ValueError` where it is not exactly of the form above."""
    why, *sections = path.read_text(encoding="utf-8").split("=== ")
    parts = dict(section.split("\n", 1) for section in sections)
    if len(sections) != 2 or set(parts) not in ({"master", "release"}, {"master", "error"}):
        raise ValueError(f"{path.name}: expected `=== master` and `=== release` or `=== error`")
    if not why.strip():
        raise ValueError(f"{path.name}: its first line must say why it exists")
    release, error = parts.get("release"), parts.get("error")
    return Pair(path.stem, why.strip(), parts["master"], release, error and error.strip())


PAIRS = [read_pair(path) for path in sorted(FOLDER.iterdir())]
STRIPPED = [pair for pair in PAIRS if pair.release is not None]
REFUSED = [pair for pair in PAIRS if pair.error is not None]
