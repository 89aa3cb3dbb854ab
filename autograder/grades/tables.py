"""Reads tables as spreadsheets and LMSs write them: whatever the separator and the encoding."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError

_MOST_BYTES = 2**26
_SEPARATORS = ",;\t"


class BadTable(UsageError):
    """A table cannot be read, or says what has no meaning: the text has a sentence for each such line."""


@dataclass(frozen=True)
class Row:
    """One row: the number of the line in which it ends, and its cells by column, without space around."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """The columns' names as they stand in the first row, and the rows that are not empty."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read(path: Path) -> Sheet:
    """Return the table in a file, whose first row names its columns. Raises BadTable."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadTable(
                f"{path} is larger than {_MOST_BYTES // 2**20} MB: is it the right file?"
            )
        text = _decoded(path.read_bytes())
    except FileNotFoundError:
        raise BadTable(f"{path} does not exist: name a table as CSV.") from None
    except OSError as error:
        raise BadTable(f"{path} cannot be read: {error.strerror}.") from None
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return _sheet(path, [(reader.line_num, cells) for cells in reader])
    except csv.Error as error:
        raise BadTable(
            f"{path}, line {reader.line_num}, is no CSV ({error}): mend that line."
        ) from None


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8, UTF-16 where its mark says so, else the Latin letters of old spreadsheets."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _sheet(path: Path, lines: list[tuple[int, list[str]]]) -> Sheet:
    filled = [(number, [cell.strip() for cell in cells]) for number, cells in lines]
    filled = [(number, cells) for number, cells in filled if any(cells)]
    if not filled:
        raise BadTable(f"{path} is empty: its first line names the columns.")
    columns = tuple(filled[0][1])
    rows = [
        Row(number, dict(zip(columns, cells + [""] * len(columns), strict=False)))
        for number, cells in filled[1:]
    ]
    return Sheet(columns, tuple(rows))
