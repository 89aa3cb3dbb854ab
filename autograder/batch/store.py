"""Reports on disk: written whole or not at all, and found again when a batch resumes."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from autograder import files, report
from autograder.batch import earlier
from autograder.errors import AutograderError
from autograder.report import NotAReport, Outcome, Report

# File systems take 255 bytes, drafts are a little longer; percent-encoded, a Chinese character has nine.
_LONGEST_NAME = 200


def file_name(student: str, suffix: str) -> str:
    """Return what a student's file is called; odd characters in the name are percent-encoded."""
    name = quote(student, safe=" @+,=()", errors="surrogatepass") or "%"
    if not name.strip("."):
        name = "%2E" * len(name)
    if len(name) > _LONGEST_NAME:
        digest = hashlib.sha256(name.encode()).hexdigest()
        name = f"{name[: _LONGEST_NAME - len(digest)]}{digest}"
    return f"{name}{suffix}"


@dataclass(frozen=True)
class Found:
    """What lies in a folder of reports: the reports by student, and the names of files that are none.

    Those are damaged, of a later version, or lie where another student's report belongs.
    """

    reports: list[Report]
    unreadable: list[str]

    @property
    def earlier(self) -> list[str]:
        """The students whose reports were written in an earlier schema."""
        return [each.student for each in self.reports if earlier.is_earlier(each)]


class Store:
    """The folder that holds one report per student, and the tables made from them.

    Where it is `shared` by several machines, locks may hold on each of them alone, as on some network file
    systems; so there nobody touches a draft that may be another's.
    """

    def __init__(self, folder: Path, shared: bool = False) -> None:
        self.folder = folder
        self._shared = shared
        files.make_folder(folder)

    def path(self, student: str) -> Path:
        """Return where a student's report lies."""
        return self.folder / file_name(student, ".json")

    @contextlib.contextmanager
    def held(self, students: list[str]) -> Iterator[None]:
        """Make sure, before anything is graded, that these students' reports can be kept.

        Several batches may hold a folder at once (flock(2), which ends with its process): the first of
        them clears away what killed ones left, in a shared folder each what was left of its own students.
        Raises AutograderError where writing is impossible.
        """
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if self._shared:
                files.remove_drafts(self.folder, {self.path(student).name for student in students})
            else:
                with contextlib.suppress(
                    OSError
                ):  # held by another, or a file system without locks
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

    def write(self, content: Report) -> None:
        """Write a report so that a reader, or a crash, never meets half of it; raises NotWritten."""
        files.write(self.path(content.student), report.write(content))

    def read(self, student: str) -> Report | None:
        """Return a student's report; None where there is none that can be read."""
        return self._read(self.path(student))

    def all(self, besides: Collection[str] = ()) -> Found:
        """Return what is in the folder besides the reports of these students."""
        known = {self.path(student).name for student in besides}
        paths = [path for path in sorted(self.folder.glob("*.json")) if path.name not in known]
        found = {path.name: self._read(path) for path in paths}
        reports = [content for content in found.values() if content is not None]
        unreadable = [name for name, content in found.items() if content is None]
        return Found(sorted(reports, key=lambda content: content.student), unreadable)

    def current(self, student: str, sha256: str, judged_by: str, seed: int) -> Report | None:
        """Return the report on this very submission, by these very checks, with this seed."""
        known = self.read(student)
        if known is None or known.outcome is Outcome.GRADER_ERROR:
            return None
        same = (known.submission_sha256, known.judged_by, known.seed) == (sha256, judged_by, seed)
        return known if same else None

    def _read(self, path: Path) -> Report | None:
        """Return what is a report, of an earlier version too, and lies where its student's belongs."""
        try:
            content = earlier.read(path.read_bytes()) if path.is_file() else None
        except (OSError, NotAReport):
            return None
        return content if content is not None and self.path(content.student) == path else None
