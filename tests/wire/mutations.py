"""Changes to an input that know what a frame is: random bytes alone would rarely get past its lengths.

Nothing here is random but for the generator that is handed in, so a fuzzer can repeat what it did.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from random import Random
from typing import Any

from autograder.protocol.codec import DTYPES

Plain = Callable[
    [bytes, int], bytes
]  # a fuzzer's own mutation of bytes: data, maximal size -> data
_U32 = struct.Struct(">I")
NAMES = ("message", "operation", "target", "args", "kwargs", "value", "error")
NAMES += ("type_name", "text", "cell", "line", "Request", "Ask", "Answer", "Done", "Raised")
TAGS = ("list", "tuple", "dict", "bytes", "array", "scalar", "float", "handle", "opaque")
NUMBERS = (0, 1, -1, 2, 3, 8, 2**26, 2**26 + 1, 2**31, 2**63, 2**64, -(2**63) - 1, 0.5, -0.0, 1e999)
CROWDS = (0, 0, 10, 40)  # frames more in one input: what an input costs besides them is shared
TEXTS = ("", "nan", "inf", "-inf", "model", "env", "é\U0001f600", "\ud800", "k" * 200, "k" * 201)


def mutate(data: bytes, max_size: int, rng: Random, plain: Plain) -> bytes:
    """Return the input changed in one to four places; its lengths are honest nine times out of ten."""
    if rng.random() < 0.1:
        return plain(data, max_size)
    settings, frames = data[:1] or b"\0", _split(data[1:])
    for _ in range(rng.choice((1, 1, 2, 4))):
        what = rng.random()
        if what < 0.1:
            settings = bytes([rng.randrange(256)])
        elif what < 0.25 or not frames:
            new = [_Tree(rng).frame(settings[0] & 1) for _ in range(rng.choice((1, 1, 3, 6)))]
            place = rng.choice((0, rng.randint(0, len(frames))))
            frames[place:place] = new
        elif what < 0.35:
            frames.insert(rng.randint(0, len(frames)), rng.choice(frames))  # a replay
        elif what < 0.42:
            frames.pop(rng.randrange(len(frames)))
        else:
            place = rng.randrange(len(frames))
            frames[place] = _changed(frames[place], settings, max_size, rng, plain)
    for _ in range(rng.choice(CROWDS) if frames else 0):
        frame = rng.choice(frames)
        near = rng.random() < 0.6
        frames.append(
            _nudged(frame, rng) if near else _changed(frame, settings, max_size, rng, plain)
        )
    return (settings + b"".join(_join(header, rest, rng) for header, rest in frames))[:max_size]


Frame = tuple[bytes, bytes]  # header and buffers


def _split(stream: bytes) -> list[Frame]:
    """Cut a stream at the lengths that it claims; what claims too much is one frame to its end."""
    frames = []
    while stream:
        length = _U32.unpack_from(stream)[0] if len(stream) >= 4 else 0
        body, stream = stream[4 : 4 + length], stream[4 + length :]
        size = _U32.unpack_from(body)[0] if len(body) >= 4 else 0
        frames.append((body[4 : 4 + size], body[4 + size :]))
    return frames


def _join(header: bytes, rest: bytes, rng: Random) -> bytes:
    size, length = len(header), 4 + len(header) + len(rest)
    if rng.random() < 0.05:
        size = rng.choice((0, size - 1, size + 1, length, rng.randrange(2**32))) % 2**32
    if rng.random() < 0.05:
        length = rng.choice((0, 3, length - 1, length + 1, 2**26 + 1, rng.randrange(2**32)))
    return _U32.pack(length) + _U32.pack(size) + header + rest


def _nudged(frame: Frame, rng: Random) -> Frame:
    """Change one byte, or swap one number's digits for others."""
    header, rest = frame
    place = rng.randrange(len(header) + 1)
    if header[place : place + 1].isdigit():
        number = str(rng.choice(NUMBERS)).encode()
        return header[:place] + number + header[place + 1 :], rest
    byte = bytes([rng.choice((rng.randrange(256), *b'"[]{},:0'))])
    return header[:place] + byte + header[place + rng.randrange(2) :], rest


def _changed(frame: Frame, settings: bytes, max_size: int, rng: Random, plain: Plain) -> Frame:
    header, rest = frame
    what = rng.random()
    if what < 0.15:
        return plain(header, max_size), rest
    if what < 0.25:
        return header, plain(rest, max_size)
    try:
        tree = json.loads(header.decode())
    except (ValueError, RecursionError):
        return _Tree(rng).frame(settings[0] & 1)
    return _Tree(rng).changed(tree, rest)


class _Tree:
    """Makes and changes headers as JSON trees, and mostly gives their buffers honest places."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken = 0

    def frame(self, to_worker: int) -> Frame:
        """Return a new frame: most often a message that the listener may get at all."""
        rng = self._rng
        fields = {
            "Request": {"operation": "call", "args": {"list": []}, "kwargs": {"dict": []}},
            "Ask": {"target": "env.0.step", "args": {"list": [self.node(1)]}, "kwargs": {"dict": []}},
            "Answer": {"value": self.node(1), "error": rng.choice((None, "no"))},
            "Done": {"value": self.node(1)},
            "Raised": {"type_name": "ValueError", "text": "no", "cell": "train", "line": 3},
        }  # fmt: skip
        fitting = ("Request", "Answer") if to_worker else ("Ask", "Done", "Raised")
        name = rng.choice((*fitting, *fitting, *fitting, *fields, ""))
        if not name:
            return self.laid_out(self.node(0), b"")
        content = [["message", name], *map(list, fields[name].items())]
        return self.laid_out({"dict": content}, b"")

    def changed(self, tree: Any, rest: bytes) -> Frame:
        """Put something else in one random place of the tree."""
        holder = [tree]
        places = list(_places(holder))
        where, key = self._rng.choice(places)
        match self._rng.randrange(5):
            case 0 if isinstance(where, list) and len(where) > 1:
                del where[key]
            case 1 if isinstance(where, list):
                where.insert(key, self._rng.choice(places)[0])
            case 1:
                where[self._rng.choice(TAGS)] = self.node(1)
            case 2:
                where[key] = {self._rng.choice(TAGS): where[key]}
            case 3:
                where[key] = self._rng.choice((*NUMBERS, *TEXTS, *NAMES, *TAGS, True, None))
            case _:
                where[key] = self.node(1)
        return self.laid_out(holder[0] if holder else None, rest)

    def laid_out(self, tree: Any, rest: bytes) -> Frame:
        """Return the frame of a tree; nine times out of ten its buffers lie where it says."""
        if self._rng.random() < 0.9:
            self._taken = 0
            self._lay_out(tree, 0)
            rest = (rest + self._rng.randbytes(32) + bytes(max(0, self._taken - len(rest) - 32)))[
                : self._taken
            ]
        try:
            return json.dumps(tree, ensure_ascii=self._rng.random() < 0.5).encode(), rest
        except (ValueError, RecursionError):
            return b"null", rest

    def node(self, depth: int) -> Any:
        """Return a random value's place in a header."""
        rng = self._rng
        tag = rng.choice((*TAGS, "", "", "")) if depth < 14 else ""
        match tag:
            case "list" | "tuple":
                return {tag: [self.node(depth + 1) for _ in range(rng.choice((0, 1, 2, 3)))]}
            case "dict":
                names = rng.choices(TEXTS, k=rng.choice((0, 1, 2)))
                return {tag: [[name, self.node(depth + 1)] for name in names]}
            case "bytes":
                return {tag: [0, rng.choice((0, 1, 5))]}
            case "array":
                shape = [rng.choice((0, 1, 2, 3)) for _ in range(rng.choice((0, 1, 2, 3, 8, 9)))]
                return {tag: [rng.choice(sorted(DTYPES)), shape, 0, 0]}
            case "scalar":
                return {tag: [rng.choice(sorted(DTYPES)), 0, 0]}
            case "handle":
                return {tag: [rng.choice(TEXTS), rng.choice(NUMBERS)]}
            case "float" | "opaque":
                return {tag: rng.choice(TEXTS)}
        return rng.choice((*NUMBERS, *TEXTS, True, False, None))

    def _lay_out(self, tree: Any, depth: int) -> None:
        if depth > 60 or not isinstance(tree, list | dict):
            return
        if isinstance(tree, dict):
            for tag, content in tree.items():
                self._place(tag, content)
        for inner in tree if isinstance(tree, list) else tree.values():
            self._lay_out(inner, depth + 1)

    def _place(self, tag: str, content: Any) -> None:
        if not isinstance(content, list) or tag not in ("bytes", "array", "scalar"):
            return
        match content:
            case [int(), int() as size] if tag == "bytes":
                size = size if 0 <= size < 4096 else 0
            case [str() as dtype, list() as shape, _, _] if dtype in DTYPES:
                size = int(dtype[2])
                for side in shape:
                    size *= side if type(side) is int and 0 <= side < 4096 else 1
                size = min(size, 4096)
            case [str() as dtype, _, _] if dtype in DTYPES:
                size = int(dtype[2])
            case _:
                return
        content[-2:] = [self._taken, size]
        self._taken += size


def _places(holder: Any) -> Any:
    """Yield each place of a tree as its container and key."""
    stack = [holder]
    while stack and len(stack) < 500:
        where = stack.pop()
        keys = range(len(where)) if isinstance(where, list) else list(where)
        for key in keys:
            yield where, key
            if isinstance(where[key], list | dict):
                stack.append(where[key])
