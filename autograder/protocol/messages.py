"""The five messages between the checker and a worker, and the one table of their legal order.

======= ========= =================== ================================================
state   sender    message             next state
======= ========= =================== ================================================
idle    checker   Request             running
running worker    Ask                 asking     (the student's code wants an answer)
asking  checker   Answer              running
running worker    Done, Raised        idle
======= ========= =================== ================================================

Anything else is fatal: the side that sees it is in the state "over", which no line leads out of.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from autograder.protocol.codec import CodecError


@dataclass(frozen=True)
class Request:
    """The checker wants the worker to do `operation` with these arguments."""

    operation: str
    args: list[Any]
    kwargs: dict[str, Any]


@dataclass(frozen=True)
class Ask:
    """The student's code called something that lives with the checker: a hosted object's method, say."""

    target: str
    args: list[Any]
    kwargs: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the asked object returned, or in `error` the sentence with which it refused."""

    value: Any
    error: str | None = None


@dataclass(frozen=True)
class Done:
    """The request's result."""

    value: Any


@dataclass(frozen=True)
class Raised:
    """The student's code raised: exception type, its text, and the place (cell, line) where known.

    `errno` is the system's number for what went wrong (errno(3)), 0 where there is none.
    """

    type_name: str
    text: str
    cell: str
    line: int
    errno: int = 0


type_of = {cls.__name__: cls for cls in (Request, Ask, Answer, Done, Raised)}
_FIELDS = {cls: frozenset(field.name for field in fields(cls)) for cls in type_of.values()}
Message = Request | Ask | Answer | Done | Raised

MAX_TEXT = 1000  # characters of what a Raised tells: it becomes one sentence
CHECKER, WORKER = "checker", "worker"
IDLE, RUNNING, ASKING, OVER = "idle", "running", "asking", "over"
TRANSITIONS: dict[tuple[str, str, type[Message]], str] = {
    (IDLE, CHECKER, Request): RUNNING,
    (RUNNING, WORKER, Ask): ASKING,
    (ASKING, CHECKER, Answer): RUNNING,
    (RUNNING, WORKER, Done): IDLE,
    (RUNNING, WORKER, Raised): IDLE,
}

_FIELD_TYPES: dict[str, tuple[type, ...]] = {
    "operation": (str,),
    "target": (str,),
    "args": (list,),
    "kwargs": (dict,),
    "error": (str, type(None)),
    "type_name": (str,),
    "text": (str,),
    "cell": (str,),
    "line": (int,),
    "errno": (int,),
}


def to_plain(message: Message) -> dict[str, Any]:
    """Return the message as the plain dict that crosses: its type's name and its fields."""
    return {"message": type(message).__name__, **vars(message)}


def raised_from_plain(plain: Any) -> Raised:
    """Return what a cell's statement raised, cut to what a sentence needs: one is kept for every cell.

    `plain` comes from a worker as an ordinary value, so it may be anything.
    """
    known = plain if isinstance(plain, dict) else {}
    type_name, text, cell = (
        value[:MAX_TEXT] if isinstance(value, str) else ""
        for value in map(known.get, ("type_name", "text", "cell"))
    )
    line, errno = (
        value if type(value) is int else 0 for value in map(known.get, ("line", "errno"))
    )
    return Raised(type_name, text, cell, line, errno)


def from_plain(plain: Any) -> Message:
    """Return the message that a decoded frame holds; raise CodecError if it holds none of the five."""
    kind = plain.get("message") if isinstance(plain, dict) else None
    cls = type_of.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise CodecError("a frame that is none of the five messages")
    names = _FIELDS[cls]
    if plain.keys() != names | {"message"}:
        raise CodecError(f"a {cls.__name__} with missing or unknown fields")
    for name in names - {"value"}:  # which may be anything that can cross
        if type(plain[name]) not in _FIELD_TYPES[name]:
            raise CodecError(f"a {cls.__name__} whose {name} has the wrong type")
        if cls is Raised and type(plain[name]) is str and len(plain[name]) > MAX_TEXT:
            raise CodecError(f"a Raised whose {name} is no short string")
    message: Message = cls(**{name: plain[name] for name in names})
    return message
