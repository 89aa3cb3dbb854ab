"""What a worker sends back: data of one shape, of bounded size, which is checked before anybody uses it."""

from __future__ import annotations

from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.errors import EngineError
from autograder.report import Judgement

LARGEST = 8 * 2**20  # bytes; a judgement has some 20,000
_Kind = TypeVar("_Kind", bound=BaseModel)


class NoAnswer(EngineError):
    """What a worker sent is no answer of this version."""


class About(BaseModel):
    """What a worker judges, and with what."""

    model_config = ConfigDict(extra="forbid")

    assignment: str = Field(max_length=200)
    judged_by: str = Field(max_length=200)
    engine: str = Field(max_length=50)


class Answer(BaseModel):
    """What came of one submission on a worker.

    `kind` is `judgement`; `postponed` where it let time run out and can wait; `broken` where the session
    broke, and `no_session` where the worker could have none, of which `sentence` says why.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["judgement", "postponed", "broken", "no_session"]
    about: About
    judgement: Judgement | None = None
    sentence: str = Field("", max_length=20_000)


def packed(answer: Answer | About) -> bytes:
    """Return an answer as bytes."""
    return answer.model_dump_json().encode()


def read(data: object) -> Answer:
    """Return the answer that came. Raises NoAnswer."""
    answer = _read(Answer, data)
    if (answer.kind == "judgement") != (answer.judgement is not None):
        raise NoAnswer("A worker sent an answer that contradicts itself.")
    return answer


def read_about(data: object) -> About:
    """Return what a worker says of itself. Raises NoAnswer."""
    return _read(About, data)


def _read(kind: type[_Kind], data: object) -> _Kind:
    if not isinstance(data, bytes):
        raise NoAnswer("A worker sent what is not bytes.")
    if len(data) > LARGEST:
        raise NoAnswer(f"A worker sent {len(data)} bytes, more than any judgement has.")
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        raise NoAnswer(f"A worker sent what is no answer: {error.errors()[0]['msg']}.") from None
