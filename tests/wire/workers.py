"""Workers that lie: each is a function of its end of the socket, named for what it does."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

from autograder.checker.channel import Channel
from autograder.protocol import codec
from autograder.protocol.codec import Opaque, encode
from autograder.protocol.messages import Answer, Ask, Done, Raised, Request
from tests.wire.properties import frame
from tests.wire.test_protocol_lies import body

Worker = Callable[[socket.socket], Any]
REQUEST = Request("call", ["train"], {})
DONE, ASK = frame(Done(1)), frame(Ask("env.0.reset", [], {}))
RAISED = frame(Raised("ValueError", "no", "train", 3))


@contextmanager
def facing(worker: Worker) -> Iterator[Channel]:
    """A channel to a worker that has read the request and then does as it likes."""
    ours, theirs = socket.socketpair()
    channel = Channel(ours)

    def work() -> None:
        with theirs, suppress(OSError):
            theirs.recv(2**20)
            worker(theirs)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield channel
    finally:
        channel.close()
        thread.join()


def saying(*pieces: bytes) -> Worker:
    """A worker that sends these bytes and then waits until the checker hangs up."""

    def worker(end: socket.socket) -> None:
        for piece in pieces:
            end.sendall(piece)
        hold(end)

    return worker


def hold(end: socket.socket) -> None:
    """Read and say nothing until the checker hangs up."""
    while end.recv(2**20):
        pass


def without_end(piece: bytes, first: bytes = b"") -> Worker:
    """A worker that repeats itself for as long as somebody listens."""

    def worker(end: socket.socket) -> None:
        end.sendall(first)
        while True:
            end.sendall(piece)

    return worker


def framed(data: bytes) -> bytes:
    """A body with its honest length."""
    return struct.pack(">I", len(data)) + data


def message(**fields: Any) -> bytes:
    """A frame that holds a dict, which may be no message."""
    return encode(fields)


def nested(depth: int) -> bytes:
    """A Done whose value is nested this deep, as no encoder of ours would write it."""
    value = b'{"list":[' * depth + b"1" + b"]}" * depth
    text = b'{"dict":[["message","Done"],["value",%b]]}' % value
    return framed(struct.pack(">I", len(text)) + text)


LIES: dict[str, Worker] = {
    "a length over the limit": saying(struct.pack(">I", codec.MAX_FRAME + 1)),
    "the largest length": saying(b"\xff" * 4),
    "a frame of nothing": saying(bytes(4)),
    "a header longer than its frame": saying(framed(struct.pack(">I", 9) + b"1")),
    "text in place of a frame": saying(b"Traceback (most recent call last):\n"),
    "a header that is no JSON": saying(framed(body(b"{"))),
    "a value that is no message": saying(encode([1, 2, 3])),
    "nothing as a message": saying(encode(None)),
    "a message of no known name": saying(message(message="Bye", value=1)),
    "an object as a message's name": saying(message(message=Opaque("Done"), value=1)),
    "an array as a message's name": saying(message(message=np.zeros((5,) * 8), value=1)),
    "a result with a field too many": saying(message(message="Done", value=1, score=100)),
    "a result without its value": saying(message(message="Done")),
    "a question with text for arguments": saying(
        message(message="Ask", target="env.0.step", args="0", kwargs={})
    ),
    "a question to a number": saying(message(message="Ask", target=7, args=[], kwargs={})),
    "an error with a line that is none": saying(
        message(message="Raised", type_name="E", text="", cell="", line=np.int64(1))
    ),
    "a value nested one too deep": saying(nested(codec.MAX_DEPTH)),
    "a value nested a thousand deep": saying(nested(1000)),
    "a value nested a million deep": saying(nested(1_000_000)),
    "brackets without end": saying(framed(body(b"[" * (codec.MAX_HEADER - 8)))),
    "an array larger than its frame": saying(framed(body({"array": ["<f8", [2**26], 0, 2**29]}))),
    "an array of objects": saying(framed(body({"array": ["|O", [1], 0, 8]}, bytes(8)))),
    "a pickle": saying(framed(b"\x80\x04\x95\x0b\x00\x00\x00cos\nsystem\n.")),
    "a request of its own": saying(frame(REQUEST)),
    "an answer of its own": saying(frame(Answer(1))),
    "two results at once": saying(DONE + DONE),
    "a result behind a question": saying(ASK + DONE),
    "an error behind a result": saying(DONE + RAISED),
    "a question behind a result": saying(DONE + ASK),
    "a result and then junk": saying(DONE + bytes(4)),
    "zeros without end": without_end(bytes(65536)),
    "ones without end": without_end(b"\xff" * 65536),
    "one frame without end": without_end(bytes(65536), struct.pack(">I", codec.MAX_FRAME)),
    "results without end": without_end(DONE * 100),
    "questions without end": without_end(ASK * 100),
    "silence and then its end": lambda end: end.close(),
    "half a length and then its end": lambda end: end.sendall(DONE[:2]),
    "half a frame and then its end": lambda end: end.sendall(DONE[:-1]),
    "a question and then its end": lambda end: end.sendall(ASK),
    "half of it closed": lambda end: (end.shutdown(socket.SHUT_WR), hold(end)),
}

WAITS: dict[str, Worker] = {
    "silence": hold,
    "half a length and then silence": saying(DONE[:2]),
    "half a frame and then silence": saying(DONE[:-1]),
    "the largest frame and then silence": saying(struct.pack(">I", codec.MAX_FRAME), bytes(2**20)),
    "a question and then silence": saying(ASK),
}
