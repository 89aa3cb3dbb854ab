"""Reports on disk: written whole or not at all, and found again when a batch resumes."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from autograder import files, report
from autograder.errors import AutograderError

# File systems take 255 bytes, drafts are a little longer; percent-encoded, a Chinese character has nine.
_LONGEST_NAME = 200
_KEYS = set(report.schema()["required"])
_EXERCISE_KEYS = set(report.schema()["properties"]["exercises"]["items"]["required"])


class Store:
    """The folder that holds one report per student, and the tables made from them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files.make_folder(folder)

    def path(self, student: str) -> Path:
        """Return where a student's report lies; odd characters in the name are percent-encoded."""
        name = quote(student, safe=" @+,=()", errors="surrogatepass") or "%"
        if not name.strip("."):
            name = "%2E" * len(name)
        if len(name) > _LONGEST_NAME:
            digest = hashlib.sha256(name.encode()).hexdigest()
            name = f"{name[: _LONGEST_NAME - len(digest)]}{digest}"
        return self.folder / f"{name}.json"

    @contextlib.contextmanager
    def held(self, students: list[str]) -> Iterator[None]:
        """Make sure, before anything is graded, that these students' reports can be kept.

        Several batches may hold a folder at once (flock(2), which ends with its process): the first of
        them clears away what killed ones left. Raises AutograderError where writing is impossible.
        """
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with contextlib.suppress(OSError):  # held by another, or a file system without locks
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                files.remove_drafts(self.folder)
            with contextlib.suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_SH)
            files.try_to_write(self.folder)
            for path in map(self.path, students):
                if path.is_dir():
                    raise AutograderError(
                        f"{path} is a folder where a report belongs: move it away, and run the same "
                        "command again."
                    )
            yield
        finally:
            os.close(descriptor)

    def write(self, content: dict[str, Any]) -> None:
        """Write a report so that a reader, or a crash, never meets half of it; raises NotWritten."""
        files.write(self.path(content["student"]), report.text(content))

    def read(self, student: str) -> dict[str, Any] | None:
        """Return a student's report; None where there is none that can be read."""
        return self._read(self.path(student))

    def all(self) -> list[dict[str, Any]]:
        """Return every report in the folder, by student."""
        found = [content for path in self.folder.glob("*.json") if (content := self._read(path))]
        return sorted(found, key=lambda content: str(content["student"]))

    def _read(self, path: Path) -> dict[str, Any] | None:
        """Return what is a report of today's version and lies where its student's belongs."""
        try:
            content: Any = json.loads(path.read_bytes()) if path.is_file() else None
        except (OSError, ValueError, RecursionError):
            return None
        if not _is_report(content) or self.path(content["student"]) != path:
            return None
        known: dict[str, Any] = content
        return known

    def finished(
        self, student: str, sha256: str, image: str, seed: int | None
    ) -> dict[str, Any] | None:
        """Return the report of this very submission by this very content (and seed, if one is given)."""
        known = self.read(student)
        if known is None or known.get("outcome") not in (report.GRADED, report.REJECTED):
            return None
        same = known.get("submission_sha256") == sha256 and known.get("image") == image
        return known if same and seed in (None, known.get("seed")) else None


def _is_report(content: Any) -> bool:
    """Tell whether all is there that is made from reports; the whole schema would take 10 ms."""
    return (
        isinstance(content, dict)
        and content.keys() == _KEYS
        and content["schema"] == report.SCHEMA_VERSION
        and isinstance(content["student"], str)
        and isinstance(content["message"], str)
        and isinstance(content["exercises"], list)
        and all(_is_exercise(exercise) for exercise in content["exercises"])
    )


def _is_exercise(content: Any) -> bool:
    return isinstance(content, dict) and content.keys() == _EXERCISE_KEYS
