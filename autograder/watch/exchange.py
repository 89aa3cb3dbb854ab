"""nbgrader's exchange: ``<course>/inbound/<student>+<assignment>+<time>+<random>/``, and ``feedback/``.

Students fetch feedback with `nbgrader fetch_feedback` or in Jupyter, by a name that only they can tell: the
MD5 of a secret that their submission holds (of what they handed in, where nbgrader is older).
"""

from __future__ import annotations

import hashlib
import html
import os
import pwd
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.watch.arrival import Arrival, IsAnswered
from autograder.watch.safe_files import Spot

INBOUND, FEEDBACK = "inbound", "feedback"
_STAMP, _SECRET = "timestamp.txt", "submission_secret.txt"
_VERSION = ""
_MOST_SECRET = 1000  # bytes; nbgrader's has 128
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>pre {{ white-space: pre-wrap; overflow-wrap: anywhere; font: 1rem/1.5 monospace; }}</style>
</head>
<body>
<main><h1>{title}</h1><pre>{text}</pre></main>
</body>
</html>
"""


@dataclass(frozen=True)
class Exchange:
    """The folder `inbound` of a course's exchange, and the assignment that is looked for in it."""

    folder: Path
    assignment: str

    @property
    def course(self) -> str:
        """The course's id: the folder that `inbound` lies in."""
        return self.folder.absolute().parent.name

    def arrivals(self, is_answered: IsAnswered) -> Iterator[Arrival]:
        """See Layout. What was handed in is never changed afterwards, so a folder has one version."""
        with os.scandir(self.folder) as entries:
            found = [(entry.name.split("+"), entry) for entry in entries]
        named = [(parts[2], entry.name, parts[0], entry) for parts, entry in found
                 if len(parts) in (3, 4) and parts[1] == self.assignment and parts[0]]  # fmt: skip
        for _when, name, student, entry in sorted(named, key=lambda each: each[:2]):
            if not is_answered(name, _VERSION) and entry.is_dir(follow_symlinks=False):
                yield from self._arrival(name, student)

    def _arrival(self, name: str, student: str) -> Iterator[Arrival]:
        spot = Spot(self.folder, (name,))
        try:
            with spot.opened() as folder, os.scandir(folder) as entries:
                owner = _user(os.fstat(folder).st_uid)
                files = {entry.name: entry.stat(follow_symlinks=False) for entry in entries}
        except OSError:  # still being made, or not ours to read
            return
        names = tuple(sorted(n for n in files if n.lower().endswith(".ipynb") and n[0] != "."))
        state = "\n".join(f"{n}\0{s.st_size}\0{s.st_mtime_ns}" for n, s in sorted(files.items()))
        remark = "" if owner == student else f"its folder belongs to the user {owner}"
        yield Arrival(name, _VERSION, student, spot, names, state, _STAMP in files, remark)

    def put(self, arrival: Arrival, notebook: Path, text: str) -> Path | None:
        """See Layout. Of several notebooks of which none counts, each gets the sentence that says so."""
        names = [notebook.name] if notebook.name in arrival.names else list(arrival.names)
        feedback = Spot(self.folder.absolute().parent, (FEEDBACK,))
        if names and not feedback.path.is_dir():
            feedback.path.mkdir(mode=0o711)  # as nbgrader makes it: who knows a name may read it
            feedback.path.chmod(0o711)
        put = None
        for name in names:
            title = f"{self.assignment}: feedback"
            page = _PAGE.format(title=html.escape(title), text=html.escape(text))
            feedback.put(f"{self._md5(arrival, name)}.html", page, 0o644)
            put = feedback.path / f"{self._md5(arrival, name)}.html"
        return put

    def _md5(self, arrival: Arrival, name: str) -> str:
        """Return what nbgrader calls the feedback on this notebook (nbgrader.utils.notebook_hash)."""
        notebook = name.rpartition(".")[0]
        try:
            content = arrival.spot.read(_SECRET, _MOST_SECRET) + notebook.encode()
        except FileNotFoundError:
            stamp = arrival.spot.read(_STAMP, _MOST_SECRET).decode().strip()
            key = "+".join([self.course, self.assignment, notebook, arrival.student, stamp])
            content = arrival.spot.read(name) + key.encode()
        return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _user(uid: int) -> str:
    """Return a user's name; nbgrader compares it with the student's, too, and only warns."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
