"""Reads zip archives that nobody vouches for: bounded before anything is listed, and read in pieces.

What an archive of a class may hold in all is bounded as well: entries may not share bytes, and none may
unpack to more than MAX_RATIO times its size, so all of it is at most that many times what was downloaded.
"""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from autograder.collect.tree import EMPTY, MAX_ENTRIES, File, NotTaken, Tree, Unreadable
from autograder.plaintext import told_apart

MAX_RATIO = 250
_SMALL = 2**20  # below this nobody asks how well it was packed
MAX_INNER = 2**27  # bytes of an archive within an archive
_IN_MEMORY = 2**20
_MAX_DIRECTORY = 2**26  # bytes of the list of entries
# What LMSs and operating systems pack with; others may take memory as they please (LZMA's dictionary).
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_LOCATOR = b"PK\x06\x07"
_HEADER = struct.Struct("<4s24x3H12x")  # of an entry in the list: its mark and three lengths
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OSError, OverflowError, struct.error,
)  # fmt: skip


def read_archive(path: Path) -> Tree:
    """Return what a zip file on this machine holds. Raises NotTaken with a sentence."""
    try:
        file = open(path, "rb")  # noqa: SIM115 - its entries are read while it is open
        return Tree(path.stem, tuple(_files(file, str(path))))
    except Unreadable as error:
        raise NotTaken(f"{told_apart(str(path))}: {error}") from None
    except OSError as error:
        raise NotTaken(f"{told_apart(str(path))} cannot be read: {error.strerror}.") from None


def read_inner(file: File) -> Tree:
    """Return what an archive within a folder or an archive holds. Raises Unreadable."""
    if file.size > MAX_INNER:
        raise Unreadable(f"This archive is larger than {MAX_INNER // 2**20} MB.")
    kept = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - as above
    copied = 0
    for piece in pieces(file):
        copied += len(piece)
        if copied > MAX_INNER:
            raise Unreadable(f"This archive is larger than {MAX_INNER // 2**20} MB.")
        kept.write(piece)
    kept.seek(0)
    return Tree(file.path.stem, tuple(_files(kept, file.origin)))  # type: ignore[arg-type]


def pieces(file: File, most: int | None = None) -> Iterator[bytes]:
    """Yield what is in a file, at most `most` bytes of it. Raises Unreadable, whatever was wrong."""
    left = most
    try:
        with file.open() as opened:
            while piece := opened.read(2**16 if left is None else min(2**16, left)):
                left = None if left is None else left - len(piece)
                yield piece
    except _BROKEN as error:
        raise Unreadable(f"It is damaged and cannot be read ({_short(error)}).") from None


def _short(error: Exception) -> str:
    return told_apart(str(error) or type(error).__name__, 120)


def _files(file: BinaryIO, origin: str) -> Iterator[File]:
    """Yield the entries of an open archive. Raises Unreadable for one that is refused as a whole."""
    try:
        size = file.seek(0, io.SEEK_END)
        _count(file, size)
        archive = zipfile.ZipFile(file)
        infos = archive.infolist()
    except _BROKEN as error:
        raise Unreadable(
            f"This is no zip archive that can be opened ({_short(error)}): download it once more."
        ) from None
    if sum(info.compress_size for info in infos) > size:
        raise Unreadable(
            "The entries of this archive share their bytes, as those of a zip bomb do."
        )
    folders, seen = set[PurePosixPath](), dict[PurePosixPath, int]()
    found: list[File] = []
    for info in infos:
        name = _name(info)
        path = PurePosixPath(*(part for part in name.split("/") if part not in ("", ".")))
        if name.endswith("/"):
            folders.add(path)
            continue
        refusal = _refusal(info, name)
        if seen.setdefault(path, info.CRC) != info.CRC:
            refusal = (
                "It stands more than once in the archive, each time with something else in it."
            )
        found.append(
            File(
                path if path.parts else PurePosixPath("%"),
                f"{origin}/{name}",
                info.file_size,
                refusal,
                open=lambda info=info: _opened(archive, info),  # type: ignore[misc]
            )
        )
    yield from _once(found)
    full = {parent for each in found for parent in each.path.parents} | {
        parent for each in folders for parent in each.parents
    }
    for path in sorted(folders - full - {PurePosixPath()}):
        yield File(path, f"{origin}/{path}", refusal=_escapes(str(path)) or EMPTY)


def _once(found: list[File]) -> Iterator[File]:
    """Yield each path once: all of what stands there several times is refused where it differs."""
    by_path: dict[PurePosixPath, File] = {}
    for file in found:
        known = by_path.get(file.path)
        if known is None or (file.refusal and not known.refusal):
            by_path[file.path] = file
    yield from by_path.values()


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    return archive.open(info)  # type: ignore[return-value]


def _name(info: zipfile.ZipInfo) -> str:
    """Return an entry's name; many programs write UTF-8 and forget to say so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _refusal(info: zipfile.ZipInfo, name: str) -> str:
    """Say why an entry is not read, if it is not."""
    mode = info.external_attr >> 16
    if escapes := _escapes(name):
        return escapes
    if info.flag_bits & 0x1:
        return "It is encrypted: unpack it with its password, and collect the folder."
    if info.compress_type not in _METHODS:
        return f"It is packed by method {info.compress_type}, which is not read here: pack it as usual."
    if stat.S_ISLNK(mode):
        return "It is a link, not a file, and is not followed."
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return "It is no ordinary file."
    if info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
        return f"It unpacks to more than {MAX_RATIO} times its size, as a zip bomb does."
    return ""


def _escapes(name: str) -> str:
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or (len(parts[0]) == 2 and parts[0][1] == ":"):
        return "Its path leads out of the archive."
    return ""


def _count(file: BinaryIO, size: int) -> None:
    """Walk the list of entries without keeping any. Raises Unreadable for too many, BadZipFile for none."""
    start, length = _directory(file, size)
    if length > _MAX_DIRECTORY:
        raise Unreadable(
            f"This archive holds too many entries: its list alone has {length // 2**20} MB."
        )
    file.seek(start)
    content = file.read(length)
    place = count = 0
    while place + 46 <= len(content):
        mark, name, extra, comment = _HEADER.unpack_from(content, place)
        if mark != b"PK\x01\x02":
            break
        place += 46 + name + extra + comment
        count += 1
        if count > MAX_ENTRIES:
            raise Unreadable(f"This archive holds more than {MAX_ENTRIES} entries.")


def _directory(file: BinaryIO, size: int) -> tuple[int, int]:
    """Return where the list of entries stands, and its length (APPNOTE 4.3.16, and 4.3.14 beyond 4 GB)."""
    file.seek(max(0, size - 2**16 - 22))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise zipfile.BadZipFile("it has no list of entries; it is damaged or incomplete")
    end = size - len(tail) + at
    length, _offset = struct.unpack_from("<2L", tail, at + 12)
    if at >= 20 and tail[at - 20 : at - 16] == _LOCATOR:
        (where,) = struct.unpack_from("<Q", tail, at - 12)
        file.seek(where)
        record = file.read(56)
        if record[:4] == _END64:
            length, _offset = struct.unpack_from("<2Q", record, 40)
            end = where
    return max(0, end - length), length
