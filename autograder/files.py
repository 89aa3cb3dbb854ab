"""Files that are written whole or not at all, however the writer ends.

A draft beside the file takes its place with rename(2), after fsync(2) of both the draft and the folder:
a reader meets the old file or the new one, also after the machine itself went down.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Collection
from pathlib import Path

from autograder.errors import NotWritten

_FULL = {errno.ENOSPC, errno.EDQUOT}
_TRIAL = 2**16  # bytes; a report has some 20,000


def write(path: Path, text: str, mode: int | None = None) -> None:
    """Write UTF-8 text to `path`, with permissions if they are given; raises NotWritten.

    A lone surrogate, from a file name that is no UTF-8, becomes the escape that JSON has for it.
    """
    write_bytes(path, text.encode(errors="backslashreplace"), mode)


def write_bytes(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write `content` to `path` as it is, with permissions if they are given; raises NotWritten."""
    try:
        _replace(path, content, mode)
    except OSError as error:
        raise _not_written(path, error) from error


def make_folder(path: Path) -> None:
    """Make the folder and those above it, where they are missing; raises NotWritten."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(path, error) from error


def try_to_write(folder: Path) -> None:
    """Write a little and remove it; raises NotWritten where the folder takes nothing."""
    trial = folder / ".trial"
    write(trial, "\n" * _TRIAL)
    trial.unlink(missing_ok=True)


def remove_drafts(folder: Path, of: Collection[str] | None = None) -> None:
    """Remove what writers left that were killed: drafts `of` these names, or all of them."""
    for draft in folder.glob(".*.draft"):
        name = draft.name[1:].rsplit(".", 2)[0]  # ".name.token.draft", as `_replace` calls it
        if of is None or name in of:
            draft.unlink(missing_ok=True)


def _not_written(path: Path, error: OSError) -> NotWritten:
    if error.errno in _FULL:
        what = f"The disk is full: {path} could not be written. Make room"
    else:
        what = (
            f"{path} could not be written: {error.strerror or error}. Mend that or write elsewhere"
        )
    return NotWritten(f"{what}, and run the same command again; what was finished is kept.")


def _replace(path: Path, content: bytes, mode: int | None) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    try:
        with open(draft, "xb", opener=None if mode is None else _private) as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # some network file systems cannot do this to a folder
        _sync(path.parent)


def _private(path: str, flags: int) -> int:
    """Open a new file that nobody else may read, not even for a moment."""
    return os.open(path, flags, 0o600)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
