"""What was handed out as one list of files, be it a folder or an archive: nothing is read yet."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from autograder.collect.names import rubbish
from autograder.errors import UsageError
from autograder.plaintext import told_apart

MAX_ENTRIES = 100_000
_LINK = "It is a link, not a file, and is not followed."
_SPECIAL = "It is no ordinary file."
EMPTY = "This folder is empty."
_CLOSED = "Its permissions keep it from being read."


class NotTaken(UsageError):
    """What was named cannot be collected as a whole: the text says why and what to do."""


class Unreadable(Exception):
    """One file cannot be read out of what it lies in; the text is a sentence."""


def _nothing() -> BinaryIO:
    raise Unreadable("There is nothing to read.")


@dataclass(frozen=True)
class File:
    """One file by its path in what was handed out; `refusal` says why it is not read, if it is not.

    `origin` is how a person finds it. A folder in which nothing lies is a File too, whose refusal says so.
    """

    path: PurePosixPath
    origin: str
    size: int = 0
    refusal: str = ""
    open: Callable[[], BinaryIO] = field(default=_nothing, compare=False, repr=False)

    @property
    def rubbish(self) -> str:
        """What put it there, if no student did."""
        return rubbish(self.path)


@dataclass(frozen=True)
class Tree:
    """All files; `name` is what the folder or archive is called, without an ending."""

    name: str
    files: tuple[File, ...]

    def tops(self) -> dict[str, list[File]]:
        """Return the files by the first part of their path, rubbish left out."""
        found: dict[str, list[File]] = {}
        for file in self.files:
            if not file.rubbish:
                found.setdefault(file.path.parts[0], []).append(file)
        return found

    def inside(self, top: str) -> Tree:
        """Return what lies in the folder `top`, as a tree of its own."""
        below = (file for file in self.files if file.path.parts[0] == top)
        inner = (
            replace(f, path=PurePosixPath(*f.path.parts[1:])) for f in below if f.path.parts[1:]
        )
        return Tree(top, tuple(inner))

    def within(self, top: str) -> Tree:
        """Return the same files as they lie in a folder `top`."""
        return Tree(self.name, tuple(replace(f, path=top / f.path) for f in self.files))


def read_folder(folder: Path) -> Tree:
    """Return what lies in a folder. Raises NotTaken for one with more than MAX_ENTRIES."""
    files: list[File] = []
    for file in _walked(folder, PurePosixPath(), str(folder)):
        files.append(file)
        if len(files) > MAX_ENTRIES:
            raise NotTaken(
                f"{told_apart(str(folder))} holds more than {MAX_ENTRIES} files: name the folder of one "
                "assignment's submissions."
            )
    return Tree(folder.resolve().name, tuple(files))


def _walked(folder: Path, inner: PurePosixPath, origin: str) -> Iterator[File]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield File(inner, origin, refusal=_CLOSED)
        return
    if not entries and inner.parts:
        yield File(inner, origin, refusal=EMPTY)
    for entry in entries:
        path, where = inner / entry.name, f"{origin}/{entry.name}"
        if entry.is_symlink():
            yield File(path, where, refusal=_LINK)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walked(folder / entry.name, path, where)
        else:
            yield on_disk(folder / entry.name, path, where)


def on_disk(place: Path, path: PurePosixPath, origin: str) -> File:
    """Return a file of this machine's."""
    try:
        status = place.lstat()
    except OSError:
        return File(path, origin, refusal=_CLOSED)
    if stat.S_ISLNK(status.st_mode):
        return File(path, origin, refusal=_LINK)
    if not stat.S_ISREG(status.st_mode):
        return File(path, origin, refusal=_SPECIAL)
    return File(path, origin, status.st_size, open=lambda: _opened(place))


def _opened(place: Path) -> BinaryIO:
    try:
        return open(place, "rb", opener=_no_link)
    except OSError as error:
        raise Unreadable(f"It cannot be read: {error.strerror}.") from None


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
