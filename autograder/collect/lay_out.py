"""Lays out what a student handed in as nbgrader has it: `<student>/<assignment>/` with a `timestamp.txt`.

Every file of the last attempt is there, under a name that any disk takes. Notebooks lie at the top, whatever
folder or archive they came in; the only one is called as the assignment is. What lay there before is kept.
"""

from __future__ import annotations

import filecmp
import secrets
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from autograder import files
from autograder.collect import names
from autograder.collect.archive import pieces, read_inner
from autograder.collect.attempts import Attempt
from autograder.collect.times import TIMESTAMP, moment, written
from autograder.collect.tree import EMPTY, File, Unreadable
from autograder.limits import MAX_NOTEBOOK
from autograder.plaintext import told_apart

MAX_FILE = 2**27  # bytes of a file that is no notebook
MAX_FILES = 2000  # of one attempt
MAX_BYTES = 2**29
_DEEPEST = 8
_PACKED = (".tar", ".gz", ".tgz", ".rar", ".7z", ".bz2", ".xz")
_MARK = b'"nbformat"'


@dataclass
class Laid:
    """Where an attempt lies now, and what is to be said of it; `trouble` are sentences for the student."""

    folder: Path
    notes: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    notebooks: int = 0


def lay_out(attempt: Attempt, folder: Path, assignment: str, kept: Path) -> Laid:
    """Write an attempt to `folder`; what was there goes below `kept`, unless it is the same.

    Raises OSError where the disk takes nothing.
    """
    files.make_folder(folder.parent)
    for left in folder.parent.glob(".collecting-*"):  # by a command that was killed
        shutil.rmtree(left, ignore_errors=True)
    draft = folder.parent / f".collecting-{secrets.token_hex(6)}"
    draft.mkdir()
    try:
        laid = _Writer(draft, assignment).write(attempt)
        laid.folder = folder
        if attempt.time is not None:
            (draft / TIMESTAMP).write_text(f"{written(attempt.time)}\n")
        if folder.is_symlink() or folder.exists():
            if not folder.is_symlink() and _same(draft, folder):
                return laid
            laid.notes.append(f"what lay there before is in {told_apart(str(_keep(folder, kept)))}")
        draft.rename(folder)
        return laid
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def time_of(folder: Path) -> datetime | None:
    """Return the time of what lies in a folder; None where it is not known."""
    try:
        with open(folder / TIMESTAMP, encoding="utf-8", errors="replace") as file:
            text = file.read(200)
    except OSError:
        return None
    return moment(text, UTC)


def _keep(folder: Path, kept: Path) -> Path:
    """Move what lies in a student's folder to where earlier attempts are kept; return where that is."""
    files.make_folder(kept)
    time = None if folder.is_symlink() else time_of(folder)
    start = f"{time:%Y-%m-%d %H-%M-%S}" if time else "without a time"
    taken = {names.alike(path.name) for path in kept.iterdir()}
    target = kept / names.unused(start, taken)
    if folder.is_symlink():
        folder.unlink()
        return folder
    shutil.move(folder, target)
    return target


def _same(one: Path, other: Path) -> bool:
    """Tell whether two folders hold the same files with the same content."""
    mine = {path.relative_to(one) for path in one.rglob("*") if path.is_file()}
    theirs = {path.relative_to(other) for path in other.rglob("*") if path.is_file()}
    return mine == theirs and all(filecmp.cmp(one / p, other / p, shallow=False) for p in mine)


class _Writer:
    """Writes one attempt into an empty folder, file by file, within bounds."""

    def __init__(self, folder: Path, assignment: str) -> None:
        self._folder, self._assignment = folder, assignment
        self._taken: dict[Path, set[str]] = {folder: {names.alike(TIMESTAMP)}}
        self._folders: dict[tuple[str, ...], Path] = {}
        self._left, self._files = MAX_BYTES, 0
        self._laid = Laid(folder)
        self._notebooks: list[Path] = []

    def write(self, attempt: Attempt) -> Laid:
        """Write all files; return what is to be said of them."""
        for piece in attempt.pieces:
            self._add(piece.file, piece.inside, nested=False)
        self._find_unnamed()
        if len(self._notebooks) == 1:
            self._rename(self._notebooks[0])
        self._laid.notebooks = len(self._notebooks)
        return self._laid

    def _add(self, file: File, inside: PurePosixPath, nested: bool) -> None:
        name = inside.name
        try:
            if file.refusal:
                raise Unreadable(file.refusal)
            if name.casefold().endswith(".zip"):
                self._unpack(file, nested)
            elif name.casefold().endswith(_PACKED):
                raise Unreadable(
                    "Only zip archives are unpacked: unpack it, and collect once more."
                )
            else:
                self._copy(file, inside)
        except Unreadable as error:
            what = "" if file.refusal == EMPTY else f"{told_apart(name, 80)}: "
            self._laid.trouble.append(f"{what}{error}")

    def _unpack(self, file: File, nested: bool) -> None:
        if nested:
            raise Unreadable("It is an archive within an archive, and is not unpacked.")
        for inner in read_inner(file).files:
            if not inner.rubbish:
                self._add(inner, inner.path, nested=True)

    def _copy(self, file: File, inside: PurePosixPath) -> None:
        stem = names.notebook_stem(inside.name)
        if self._files >= MAX_FILES:
            raise Unreadable(f"There are more than {MAX_FILES} files in this submission.")
        if stem is None and file.size > min(MAX_FILE, self._left):
            raise Unreadable("It is too large to be kept.")
        self._files += 1
        place = self._place(inside, stem)
        most = MAX_NOTEBOOK + 1 if stem is not None else min(MAX_FILE, self._left)
        try:
            with open(place, "xb") as target:
                for part in pieces(file, most):
                    self._left -= len(part)
                    target.write(part)
        except Unreadable:
            place.unlink(missing_ok=True)
            raise
        if stem is not None:
            self._notebooks.append(place)
            if file.size > MAX_NOTEBOOK:
                self._laid.notes.append(
                    f"cut off, since it is larger than {MAX_NOTEBOOK // 2**20} MB"
                )

    def _place(self, inside: PurePosixPath, stem: str | None) -> Path:
        """Return where a file goes: notebooks at the top, for there nbgrader and grading look."""
        if stem is not None:
            return self._unused(self._folder, f"{names.safe(stem)}.ipynb")
        return self._unused(self._inner(inside.parts[:-1][:_DEEPEST]), names.safe(inside.name))

    def _inner(self, parts: tuple[str, ...]) -> Path:
        """Return the folder for what lay in these ones, made where it is missing; no file has its name."""
        if not parts:
            return self._folder
        if parts not in self._folders:
            self._folders[parts] = self._unused(self._inner(parts[:-1]), names.safe(parts[-1]))
            self._folders[parts].mkdir()
        return self._folders[parts]

    def _unused(self, folder: Path, name: str) -> Path:
        """Return a place that nothing else in the folder has, whatever its disk takes for the same name."""
        taken = self._taken.setdefault(folder, set())
        name = names.unused(name, taken)
        taken.add(names.alike(name))
        return folder / name

    def _find_unnamed(self) -> None:
        """Where there is no notebook, look for one under another ending: `.json`, `.txt`, none at all."""
        if self._notebooks:
            return
        for path in sorted(self._folder.rglob("*")):
            if (
                path.is_file()
                and path.suffix.casefold() in ("", ".json", ".txt")
                and _holds_mark(path)
            ):
                name = names.unused(f"{names.safe(path.stem)}.ipynb", self._taken[self._folder])
                self._taken[self._folder].add(names.alike(name))
                self._laid.notes.append(
                    f"{told_apart(path.name, 80)} is a notebook by what is in it"
                )
                self._notebooks.append(path.rename(self._folder / name))

    def _rename(self, notebook: Path) -> None:
        target = self._folder / f"{self._assignment}.ipynb"
        if not target.exists():  # a folder of that name, say
            notebook.rename(target)


def _holds_mark(path: Path) -> bool:
    if path.stat().st_size > MAX_NOTEBOOK:
        return False
    return _MARK in path.read_bytes()
