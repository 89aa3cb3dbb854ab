"""Reports on disk: written whole or not at all, and found again when a batch resumes."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from autograder import report

# File systems take 255 bytes, drafts are a little longer; percent-encoded, a Chinese character has nine.
_LONGEST_NAME = 200


class Store:
    """The folder that holds one report per student, and the tables made from them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, student: str) -> Path:
        """Return where a student's report lies; odd characters in the name are percent-encoded."""
        name = quote(student, safe=" @+,=()", errors="surrogatepass") or "%"
        if not name.strip("."):
            name = "%2E" * len(name)
        if len(name) > _LONGEST_NAME:
            digest = hashlib.sha256(name.encode()).hexdigest()
            name = f"{name[: _LONGEST_NAME - len(digest)]}{digest}"
        return self.folder / f"{name}.json"

    def write(self, content: dict[str, Any]) -> None:
        """Write a report so that a reader, or a crash, never meets half of it (rename(2))."""
        path = self.path(content["student"])
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        # a lone surrogate, from a file name that is no UTF-8, stays the JSON escape that it is
        with draft.open("w", encoding="utf-8", errors="backslashreplace") as file:
            json.dump(content, file, indent=2, ensure_ascii=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    def read(self, student: str) -> dict[str, Any] | None:
        """Return a student's report; None where there is none that can be read."""
        try:
            content = json.loads(self.path(student).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return content if isinstance(content, dict) else None

    def all(self) -> list[dict[str, Any]]:
        """Return every report in the folder, by student."""
        found = []
        for path in self.folder.glob("*.json"):
            try:
                found.append(json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError):
                continue
        return sorted((r for r in found if isinstance(r, dict) and "student" in r), key=_student)

    def finished(
        self, student: str, sha256: str, image: str, seed: int | None
    ) -> dict[str, Any] | None:
        """Return the report of this very submission by this very content (and seed, if one is given)."""
        known = self.read(student)
        if known is None or known.get("outcome") not in (report.GRADED, report.REJECTED):
            return None
        same = known.get("submission_sha256") == sha256 and known.get("image") == image
        return known if same and seed in (None, known.get("seed")) else None


def _student(content: dict[str, Any]) -> str:
    return str(content["student"])
