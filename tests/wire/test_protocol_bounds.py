"""Claims about memory: nothing that arrives takes much more of it than was sent."""

import contextlib
import struct
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.protocol import codec, messages
from autograder.protocol.codec import CodecError, Handle, decode, encode
from autograder.protocol.conversation import Conversation
from autograder.protocol.frames import FrameBuffer
from autograder.protocol.messages import Done
from tests.wire.properties import bound
from tests.wire.test_protocol import VALUES
from tests.wire.test_protocol_lies import PLAIN_JSON, body

MIB = 2**20


def peak(action: Callable[[], Any]) -> int:
    """The most memory that an action has held at once, in bytes; it may end in a CodecError."""
    tracemalloc.start()
    try:
        with contextlib.suppress(CodecError):
            action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@given(VALUES)
def test_a_value_takes_memory_in_proportion_to_its_frame(value: Any):
    """No honest frame becomes a large value."""
    data = encode(value)[4:]
    assert peak(lambda: decode(data)) <= bound(data)


@given(PLAIN_JSON, st.binary(max_size=16), st.integers(1, 300))
def test_a_lie_takes_memory_in_proportion_to_its_frame(node: Any, buffers: bytes, times: int):
    """Nor does any header that is good JSON, repeated until it is long."""
    data = body({"list": [node] * times}, buffers)
    assert peak(lambda: decode(data)) <= bound(data)


@pytest.mark.parametrize(
    "header",
    [
        b"[" * 900 + b"]" * 900,
        b"[" + b"[]," * 5000 + b"[]]",
        b'{"":' * 900 + b"0" + b"}" * 900,
        b"[" + b"1e5," * 5000 + b"1]",
        b'["\xf0\x9f\x98\x80' + b"x" * 5000 + b'"]',
        b'{"list":[' + b'{"array":["|b1",[0],0,0]},' * 2000 + b"1]}",
        b'{"list":[' + b'{"handle":["",0]},' * 2000 + b"1]}",
        b'{"array":["<f8",[67108864],0,536870912]}',
        b'{"bytes":[0,67108864]}',
    ],
    ids=[
        "nested",
        "lists",
        "objects",
        "floats",
        "text",
        "arrays",
        "handles",
        "one array",
        "one text",
    ],
)
def test_the_worst_frames_that_we_know_take_a_bounded_multiple(header: bytes):
    """What JSON makes the largest objects of, and what claims sizes that it does not bring."""
    data = body(header)
    assert peak(lambda: decode(data)) <= bound(data)


def test_a_header_of_too_many_brackets_is_refused_before_it_is_parsed():
    """Eight megabytes of nested lists would take 350 while they are parsed."""
    deep = b"[" * 900 + b"]" * 900
    data = body(b"[" + b",".join([deep] * 4000) + b"]")
    assert len(data) < codec.MAX_HEADER
    with pytest.raises(CodecError, match="lists and objects"):
        decode(data)
    assert peak(lambda: decode(data)) < 3 * len(data)


def test_a_text_of_too_many_brackets_is_not_sent():
    """Ours end where theirs must."""
    assert decode(encode("[" * codec.MAX_BRACKETS)[4:]) == "[" * codec.MAX_BRACKETS
    with pytest.raises(CodecError, match="lists and objects"):
        encode("[" * (codec.MAX_BRACKETS + 1))


def test_the_largest_value_has_brackets_enough():
    """Nothing takes more of them than an array in a dict, and of these as many cross as of anything."""
    frame = encode({f"{number:x}": np.zeros(0) for number in range(1000)})
    each = (frame.count(b"[") + frame.count(b"{")) / 1000
    assert each * codec.MAX_ITEMS < codec.MAX_BRACKETS


def test_a_length_alone_takes_no_memory():
    """Room is made for what has come, not for what is said to come."""
    frames = FrameBuffer()
    data = struct.pack(">I", codec.MAX_FRAME)
    assert peak(lambda: list(frames.feed(data))) < 4096


def test_a_frame_in_pieces_takes_its_own_size_and_little_more():
    """Pieces are gathered in one place; the body is cut out of it once."""
    frame, frames, bodies = encode(bytes(MIB)), FrameBuffer(), []

    def feed() -> None:
        for start in range(0, len(frame), 4096):
            bodies.extend(frames.feed(frame[start : start + 4096]))

    assert peak(feed) < 2.5 * len(frame)
    assert len(bodies) == 1


def test_a_stream_without_end_leaves_nothing_behind():
    """A buffer that has passed on its frames is as small as one that never held any."""
    frames, frame = FrameBuffer(), encode(bytes(65536))

    def feed() -> None:
        for _ in range(200):
            for found in frames.feed(frame):
                assert len(found) == len(frame) - 4

    assert peak(feed) < 5 * len(frame)


@pytest.mark.parametrize(
    "name", [bytes(MIB), np.zeros((3,) * 8), [1] * 10_000, Handle("Done", 1), 7, None], ids=type
)
def test_what_stands_for_a_messages_name_is_never_written_out(name: Any):
    """As text, an array of 44 megabytes took the checker 12 seconds and 700 megabytes."""
    plain = {"message": name, "value": 1}
    with pytest.raises(CodecError):
        messages.from_plain(plain)
    assert peak(lambda: messages.from_plain(plain)) < 16384


def test_a_refused_frame_is_not_kept():
    """What a conversation has refused takes no memory while the conversation is still there."""
    conversation = Conversation(messages.WORKER)
    junk = struct.pack(">I", 4 + MIB) + struct.pack(">I", MIB) + bytes(MIB)

    def held() -> int:
        with pytest.raises(CodecError):
            list(conversation.receive(junk))
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        assert held() < MIB // 2
    finally:
        tracemalloc.stop()


def test_a_message_is_as_large_as_its_frame_and_no_larger():
    """Decoding, checking and handing over a result of one megabyte takes a few of them."""
    checker = Conversation(messages.CHECKER)
    checker.send(messages.Request("call", [], {}))
    frame = encode(messages.to_plain(Done(np.zeros(MIB // 8))))
    assert peak(lambda: list(checker.receive(frame))) < 6 * len(frame)
