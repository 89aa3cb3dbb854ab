"""Files in folders that students can change: read and put without ever following a link of theirs.

Whoever watches may be root, and a folder can become a link to anywhere between two looks. So every folder on
the way is opened by its name in the one above it, and links are refused there (openat(2), O_NOFOLLOW).
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.limits import MAX_NOTEBOOK

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


@dataclass(frozen=True)
class Spot:
    """A folder below `root`, by the names on the way to it."""

    root: Path
    way: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Where it is, for people."""
        return self.root.joinpath(*self.way)

    @contextlib.contextmanager
    def opened(self) -> Iterator[int]:
        """Give the folder's descriptor. Raises OSError, also for a link on the way."""
        descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for name in self.way:
                below = os.open(name, _FOLDER, dir_fd=descriptor)
                os.close(descriptor)
                descriptor = below
            yield descriptor
        finally:
            os.close(descriptor)

    def read(self, name: str, most: int = MAX_NOTEBOOK) -> bytes:
        """Return a file's bytes, at most one more than `most`. Raises OSError for what is no plain file."""
        with self.opened() as folder:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            with open(os.open(name, flags, dir_fd=folder), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise OSError(errno.EINVAL, "no ordinary file", str(self.path / name))
                return file.read(most + 1)

    def put(self, name: str, text: str, mode: int, owner: tuple[int, int] | None = None) -> bool:
        """Write a file whole or not at all; return False where these very bytes are there already.

        It gets the `owner`, user and group, if that is given. Drafts of ours that a killed run has left are
        removed. Raises OSError.
        """
        content = text.encode(errors="backslashreplace")
        with contextlib.suppress(OSError):
            if self.read(name, len(content)) == content:
                return False
        with self.opened() as folder:
            for left in os.listdir(folder):
                if left.startswith(f".{name}.") and left.endswith(".draft"):
                    os.unlink(left, dir_fd=folder)
            draft = f".{name}.{secrets.token_hex(4)}.draft"
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            try:
                with open(os.open(draft, flags, 0o600, dir_fd=folder), "wb") as file:
                    file.write(content)
                    if owner is not None:
                        os.fchown(file.fileno(), *owner)
                    os.fchmod(file.fileno(), mode)
                    file.flush()
                    os.fsync(file.fileno())
                os.rename(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(draft, dir_fd=folder)
                raise
        return True
