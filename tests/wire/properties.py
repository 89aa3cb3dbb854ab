"""What must hold for any bytes on the wire: one function, for the fuzzer and for the replay of its corpus.

An input is one byte of settings and behind it a stream, exactly as one side could send it to the other:

====== =====================================================================
bits   setting
====== =====================================================================
0      who listens: the checker or the worker
1, 2   the listener's state when the stream begins: idle, running, asking
3      whether the listener replies as soon as it is its turn, or stays silent
4 to 7 how many bytes arrive at a time: 0 for all, else 1, 3, 7, 15 ...
====== =====================================================================
"""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.protocol.codec import MAX_FRAME, CodecError, Handle, Opaque, decode, encode
from autograder.protocol.conversation import Conversation, ProtocolError
from autograder.protocol.messages import (
    ASKING,
    CHECKER,
    IDLE,
    OVER,
    RUNNING,
    TRANSITIONS,
    WORKER,
    Answer,
    Ask,
    Done,
    Message,
    Request,
    from_plain,
    to_plain,
)

STATES = (IDLE, RUNNING, ASKING, RUNNING)
OPENING: list[tuple[str, Message]] = [
    (CHECKER, Request("call", [], {})),
    (WORKER, Ask("env.0.reset", [], {})),
]
TURN: dict[str, dict[str, Message]] = {
    CHECKER: {IDLE: Request("call", [], {}), ASKING: Answer(1)},
    WORKER: {RUNNING: Done(1)},
}
MAX_PIECES = 256
END = object()


@dataclass
class Tally:
    """How far the frames got. A frame is one body that was given to `decode` for the first time."""

    inputs: int = 0
    frames: int = 0
    values: int = 0  # frames that held a value
    messages: int = 0  # values that were one of the five messages
    taken: int = 0  # messages that a conversation took, since they were legal in its state


def check(data: bytes, tally: Tally) -> None:
    """Give the input to codec and conversation; raise AssertionError, or what else escapes, if they fail."""
    tally.inputs += 1
    settings, stream = (data[0], data[1:]) if data else (0, b"")
    bodies, sound = cut(stream)
    found = [_message_of(body, tally) for body in bodies]
    side = (CHECKER, WORKER)[settings & 1]
    conversation = listener(side, STATES[settings >> 1 & 3])
    size = 2 ** (settings >> 4) - 1 or len(stream)
    size = max(size, len(stream) // MAX_PIECES, 1)
    pieces = (stream[start : start + size] for start in range(0, len(stream), size))
    _converse(conversation, side, bool(settings & 8), pieces, found, sound, tally)


def memory_bound(data: bytes) -> None:
    """Assert that decoding the bodies takes memory in proportion to what was sent."""
    for body in cut(data[1:])[0]:
        tracemalloc.start()
        try:
            _value_of(body)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak <= bound(body), f"{len(body)} bytes took {peak}"


def bound(body: bytes) -> int:
    """Return how many bytes of memory decoding may take: JSON's lists take fifty for each of theirs."""
    return 2**16 + 64 * len(body)


def cut(stream: bytes) -> tuple[list[bytes], bool]:
    """Return the bodies of a stream up to the first bad length, and whether there was none."""
    bodies = []
    while len(stream) >= 4:
        length = int.from_bytes(stream[:4], "big")
        if length > MAX_FRAME:
            return bodies, False
        if len(stream) < 4 + length:
            break
        bodies.append(stream[4 : 4 + length])
        stream = stream[4 + length :]
    return bodies, True


def listener(side: str, state: str) -> Conversation:
    """Return one side of a conversation, brought into a state by legal messages only."""
    conversation = Conversation(side)
    for sender, message in OPENING[: (IDLE, RUNNING, ASKING).index(state)]:
        if sender == side:
            conversation.send(message)
        else:
            list(conversation.receive(frame(message)))
    assert conversation.state == state
    return conversation


def _value_of(body: bytes) -> Any:
    try:
        return decode(body)
    except CodecError:
        return CodecError


def _message_of(body: bytes, tally: Tally) -> Message | None:
    """Return the body's message, having checked the value in it; None if it holds no message."""
    tally.frames += 1
    value = _value_of(body)
    if value is CodecError:
        return None
    tally.values += 1
    again = encode(value)
    assert identical(decode(again[4:]), value), "it comes back as another value"
    room = len(body) - 4 - int.from_bytes(body[:4], "big")
    assert weigh(value) <= room, "more buffers than bytes"
    try:
        message = from_plain(value)
    except CodecError:
        return None
    tally.messages += 1
    assert type(message).__name__ == value.pop("message")
    assert all(getattr(message, name) is value[name] for name in value)
    return message


def _converse(
    conversation: Conversation,
    side: str,
    replies: bool,
    pieces: Iterator[bytes],
    found: list[Message | None],
    sound: bool,
    tally: Tally,
) -> None:
    """Feed the pieces; the table of transitions must foretell all that the conversation takes or refuses."""
    other = WORKER if side == CHECKER else CHECKER
    ahead = iter(found)
    state = conversation.state
    try:
        for piece in pieces:
            for message in conversation.receive(piece):
                foretold = next(ahead)
                assert foretold is not None, "a message out of no message"
                assert identical(to_plain(message), to_plain(foretold))
                state = TRANSITIONS[state, other, type(message)]
                tally.taken += 1
                if replies and state in TURN[side]:
                    conversation.send(TURN[side][state])
                    state = TRANSITIONS[state, side, type(TURN[side][state])]
                assert conversation.state == state
    except (CodecError, ProtocolError):
        refused = next(ahead, END)
        assert refused is not END or not sound, "nothing was refused"
        assert (state, other, type(refused)) not in TRANSITIONS, "a legal message was refused"
        assert conversation.state == OVER
        _stays_over(conversation)
    else:
        assert sound
        assert next(ahead, None) is None, "a frame got lost"


def _stays_over(conversation: Conversation) -> None:
    attempts: list[Callable[[Message], object]]
    attempts = [conversation.send, lambda message: list(conversation.receive(frame(message)))]
    for _, message in OPENING:
        for attempt in attempts:
            try:
                attempt(message)
            except ProtocolError:
                continue
            raise AssertionError("a conversation that is over went on")


def frame(message: Message) -> bytes:
    """Return a message as it crosses."""
    return encode(to_plain(message))


def identical(a: Any, b: Any) -> bool:
    """Tell whether two values are the same in type, shape and bits."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray | np.generic):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(identical, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(identical(a[key], b[key]) for key in a)
    if isinstance(a, Opaque):
        return a.type_name == b.type_name
    if isinstance(a, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    return bool(a == b)


def weigh(value: Any) -> int:
    """Return how many bytes of buffers a value holds; refuse what no decoded value may be."""
    if isinstance(value, list | tuple | dict):
        inner = value.values() if isinstance(value, dict) else value
        return sum(map(weigh, inner))
    if isinstance(value, np.ndarray | np.generic):
        assert value.dtype.kind != "b" or set(value.tobytes()) <= {0, 1}
        return int(value.nbytes)
    if isinstance(value, Handle):
        assert type(value.kind) is str
        assert type(value.id) is int
        assert 0 <= value.id < 2**31
    assert value is None or type(value) in (bool, int, float, str, bytes, Handle, Opaque)
    return len(value) if isinstance(value, bytes) else 0
