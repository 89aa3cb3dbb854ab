"""Which attempt of a student is the last one: by its time or its number; else none is, and that is said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from autograder.collect.archive import pieces
from autograder.collect.piece import Piece, Who
from autograder.collect.tree import Unreadable

UNCLEAR = (
    "The student has handed in more than once, and neither a time nor a number says which came last: "
    "keep one."
)


@dataclass(frozen=True)
class Attempt:
    """What a student handed in at once; `source` counts what was named on the command line."""

    who: Who
    source: int
    layout: str
    time: datetime | None
    number: int
    late: bool | None
    pieces: tuple[Piece, ...]

    @property
    def file(self) -> str:
        """Its files' names, for a person."""
        origins = [piece.file.origin for piece in self.pieces]
        return " | ".join(origins[:8]) + (
            f" and {len(origins) - 8} more" if len(origins) > 8 else ""
        )

    def digest(self) -> str:
        """Return the digest of all that is in it, however the files are called."""
        contents = []
        for piece in self.pieces:
            sha256 = hashlib.sha256()
            try:
                for part in pieces(piece.file):
                    sha256.update(part)
            except Unreadable as error:
                sha256.update(f"{piece.file.origin}: {error}".encode(errors="surrogatepass"))
            contents.append(sha256.hexdigest())
        return " ".join(sorted(contents))


def attempts(found: Iterable[Piece], source: int, layout: str) -> list[Attempt]:
    """Return the attempts that these pieces, all of one source, make up."""
    made: dict[tuple[str, str, datetime | None, int], list[Piece]] = {}
    for piece in found:
        made.setdefault((piece.who.key, piece.who.name, piece.time, piece.number), []).append(piece)
    return [
        Attempt(
            parts[0].who,
            source,
            layout,
            time,
            number,
            any(part.late for part in parts) if any(p.late is not None for p in parts) else None,
            tuple(parts),
        )
        for (_, _, time, number), parts in made.items()
    ]


def in_order(several: Sequence[Attempt]) -> list[Attempt] | None:
    """Return a student's attempts, the last one last; None where it is not clear which that is.

    Attempts with the very same content are one, whenever they came.
    """
    if len(several) == 1:
        return list(several)
    times = [each.time for each in several]
    known = [time for time in times if time is not None]
    ordered: list[Attempt] | None = None
    if len(known) == len(several) and len({(e.time, e.number) for e in several}) == len(several):
        ordered = sorted(several, key=lambda each: (each.time or datetime.max, each.number))
    elif not known and len({each.source for each in several}) == 1:
        ordered = sorted(several, key=lambda each: each.number)
    if ordered is None and len({each.digest() for each in several}) == 1:
        ordered = list(several)
    return ordered
