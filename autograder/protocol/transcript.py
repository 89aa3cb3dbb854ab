"""What a check did while it was explained, as the checker tells it to the host: text, and nothing to run.

It crosses as one compressed string, so that no text in it counts against what a frame may hold.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import asdict, dataclass, field
from typing import Any

_MOST_BYTES = 16 * 2**20  # of a transcript when it is unpacked


@dataclass
class Place:
    """A line of the notebook that an exception passed through; `source` is its text where that is known."""

    cell: str
    line: int
    function: str
    source: str = ""


@dataclass
class Comparison:
    """What a check compared: what came, what it wanted, how close that had to be, where they differ most."""

    came: str
    wanted: str
    within: str = ""
    difference: str = ""
    failed: bool = False


@dataclass
class Call:
    """One call across the boundary, with all that belongs to it, as text.

    `outcome` is one of returned, raised, timeout, lost and unfinished. `replay` is a Python expression that
    makes the call once more, empty where it cannot be made from plain data, and then `why_not` says so.
    """

    operation: str
    function: str
    arguments: list[str]
    outcome: str = "unfinished"
    result: str = ""
    replay: str = ""
    why_not: str = ""
    traceback: list[Place] = field(default_factory=list)
    printed: str = ""
    printed_bytes: int = 0
    asks: list[str] = field(default_factory=list)
    asks_left_out: int = 0
    comparisons: list[Comparison] = field(default_factory=list)
    comparisons_left_out: int = 0


@dataclass
class Transcript:
    """The calls of one check in their order, and how it ended.

    `left_out` calls are missing behind the first `gap` of them. `stand_ins` are functions of the checker's
    that stood in for the notebook's; `statement` is the line of the checks in which it ended, `values` what
    the names in it were. `comparisons` came before any call.
    """

    calls: list[Call] = field(default_factory=list)
    gap: int = 0
    left_out: int = 0
    stand_ins: list[str] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    statement: str = ""
    values: dict[str, str] = field(default_factory=dict)


def size(record: Call | Transcript) -> int:
    """Return how many characters a record has as JSON."""
    return len(json.dumps(asdict(record)))


def packed(transcript: Transcript) -> str:
    """Return a transcript as one string."""
    return base64.b64encode(zlib.compress(json.dumps(asdict(transcript)).encode(), 1)).decode()


def unpacked(text: str) -> Transcript:
    """Return the transcript that `packed` made a string of. Raises ValueError where it is none."""
    try:
        inflate = zlib.decompressobj()
        plain = json.loads(inflate.decompress(base64.b64decode(text), _MOST_BYTES))
        calls = [_call(each) for each in plain.pop("calls")]
        comparisons = [Comparison(**each) for each in plain.pop("comparisons")]
        return Transcript(calls=calls, comparisons=comparisons, **plain)
    except (zlib.error, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"this is no transcript: {error}") from error


def _call(plain: dict[str, Any]) -> Call:
    traceback = [Place(**each) for each in plain.pop("traceback")]
    comparisons = [Comparison(**each) for each in plain.pop("comparisons")]
    return Call(traceback=traceback, comparisons=comparisons, **plain)
