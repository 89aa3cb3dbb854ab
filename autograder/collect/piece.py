"""What a layout says of each file: whose it is and which attempt it belongs to, or why that is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import PurePosixPath

from autograder.collect.tree import File


@dataclass(frozen=True)
class Who:
    """A student as a layout names one: by the LMS's own id, by a name, or by both.

    `members` are all who handed in together, where a layout knows that. Where an id is `local`, it means
    somebody else in another assignment, so it counts only together with the name.
    """

    id: str = ""
    name: str = ""
    email: str = ""
    members: tuple[Who, ...] = ()
    local: bool = False

    @property
    def key(self) -> str:
        """What tells this student from others in the same place: the id, where there is one."""
        return f"id {self.id}" if self.id else f"name {self.name}"


@dataclass(frozen=True)
class Piece:
    """One file of one attempt. `inside` is its path within what the student handed in.

    Attempts of a student are told apart, and put in order, by `time` and then by `number`.
    """

    file: File
    who: Who
    inside: PurePosixPath
    time: datetime | None = None
    number: int = 1
    late: bool | None = None


@dataclass(frozen=True)
class Stray:
    """A file that is nobody's submission; `unplaced` tells that it may be one, and a person must look."""

    file: File
    why: str
    unplaced: bool = False


Finding = Piece | Stray


@dataclass(frozen=True)
class Asked:
    """What is collected: the assignment, and the zone in which an LMS tells times."""

    assignment: str
    zone: tzinfo
    others: frozenset[str] = frozenset()
    """The course's other assignments, whose folders may lie beside."""
    known: frozenset[str] = frozenset()
    """The ids on the roster, as `names.alike` makes them."""
