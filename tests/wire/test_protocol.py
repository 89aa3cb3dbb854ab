"""Claims about the boundary's own language: what crosses comes back, and nothing else gets in."""

import contextlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.protocol import codec, messages
from autograder.protocol.codec import CodecError, Handle, Opaque, decode, encode
from autograder.protocol.conversation import Conversation, ProtocolError
from autograder.protocol.frames import FrameBuffer
from autograder.protocol.messages import Answer, Ask, Done, Message, Raised, Request
from tests.wire.properties import identical

DTYPES = st.sampled_from(sorted(codec.DTYPES))
NAMES = st.text(max_size=20)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text()
    | st.sampled_from("\ud800\udc00")
    | st.binary()
    | npst.arrays(DTYPES, npst.array_shapes(min_dims=0, max_dims=8, min_side=0, max_side=3))
    | DTYPES.flatmap(lambda dtype: npst.arrays(dtype, ())).map(lambda array: array[()])
    | st.builds(Handle, NAMES, st.integers(0, 2**31 - 1))
    | st.builds(Opaque, NAMES)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(NAMES, inner, max_size=4)
    ),
    max_leaves=10,
)


@given(VALUES)
def test_every_value_crosses_and_comes_back_the_same(value: Any):
    """Type, shape, dtype, bits and the order of keys survive the round trip."""
    (frame,) = FrameBuffer().feed(encode(value))
    assert identical(decode(frame), value)


@given(npst.arrays(np.dtype(">f8"), (2, 3)))
def test_big_endian_arrays_cross_with_their_values(array: np.ndarray):
    """The other side has the same numbers, whatever the machine's byte order."""
    np.testing.assert_array_equal(decode(encode(array)[4:]), array)


def test_arrays_that_are_no_block_of_memory_cross():
    """A transposed view and a slice with a step are copied element by element."""
    array = np.arange(12.0).reshape(3, 4)
    for view in (array.T, array[:, ::-2]):
        np.testing.assert_array_equal(decode(encode(view)[4:]), view)


def test_a_decoded_array_is_the_receivers_own():
    """It may be written to, and no longer depends on the bytes that it came in."""
    array = decode(encode(np.zeros(3))[4:])
    array[0] = 1
    assert array.tolist() == [1, 0, 0]


@given(st.lists(VALUES, max_size=4), st.integers(1, 40))
def test_a_stream_may_be_cut_anywhere(values: list[Any], size: int):
    """Frames are found whole in whatever pieces the bytes arrive."""
    stream, frames, found = b"".join(map(encode, values)), FrameBuffer(), []
    for start in range(0, len(stream), size):
        found += [decode(frame) for frame in frames.feed(stream[start : start + size])]
    assert identical(found, values)


def test_the_buffer_tells_how_much_is_missing():
    """Reading no more than that leaves the next frame untouched in the pipe."""
    frame, frames = encode("text"), FrameBuffer()
    assert frames.missing() == 4
    assert list(frames.feed(frame[:4])) == []
    assert frames.missing() == len(frame) - 4
    assert len(list(frames.feed(frame[4:]))) == 1


@given(VALUES, st.data())
def test_a_frame_with_one_wrong_byte_is_a_value_or_a_codec_error(value: Any, data: st.DataObject):
    """Damage is noticed or harmless; it is never another exception."""
    damaged = bytearray(encode(value)[4:])
    damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(CodecError):
        decode(bytes(damaged))


EXAMPLES: list[Message] = [
    Request("call", ["train", 1.5], {"gamma": 0.9}),
    Ask("env.0.step", [3], {}),
    Answer(None, "not now"),
    Answer([1, 2]),
    Done(np.zeros(2)),
    Raised("ValueError", "no", "train", 3),
]


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_every_message_crosses(message: Message):
    """All fields arrive as they were."""
    found = messages.from_plain(decode(encode(messages.to_plain(message))[4:]))
    assert type(found) is type(message)
    assert identical(vars(found), vars(message))


@given(VALUES)
def test_any_value_is_a_message_or_a_codec_error(value: Any):
    """Whoever forgets that a frame need not hold a message meets one exception only."""
    for plain in (value, {"message": value}, {"message": "Done", "value": value}):
        try:
            assert isinstance(messages.from_plain(plain), Message)
        except CodecError:
            continue


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_a_message_with_missing_foreign_or_wrong_fields_is_refused(message: Message):
    """What a message may hold is a closed list of typed fields."""
    plain = messages.to_plain(message)
    wrong = [plain | {"extra": 1}, {**plain, "message": "Bye"}]
    wrong += [{k: v for k, v in plain.items() if k != name} for name in plain]
    wrong += [plain | {name: Opaque("liar")} for name in plain if name != "value"]
    wrong += [plain | {"line": True}]
    for each in wrong:
        with pytest.raises(CodecError):
            messages.from_plain(each)


def sender_of(message: Message) -> str:
    """The only side that may ever send this message."""
    return messages.CHECKER if isinstance(message, Request | Answer) else messages.WORKER


@given(st.lists(st.sampled_from(EXAMPLES), max_size=8))
def test_the_table_alone_decides_what_is_legal(conversation: list[Message]):
    """Both ends agree on every message, and refuse the first one that is not in the table."""
    ends = {side: Conversation(side) for side in (messages.CHECKER, messages.WORKER)}
    state = messages.IDLE
    for message in conversation:
        sender = sender_of(message)
        sending = ends.pop(sender)
        (receiving,) = ends.values()
        ends[sender] = sending
        frame = encode(messages.to_plain(message))
        following = messages.TRANSITIONS.get((state, sender, type(message)))
        if following is None:
            with pytest.raises(ProtocolError):
                sending.send(message)
            with pytest.raises(ProtocolError):
                list(receiving.receive(frame))
            return
        state = following
        (received,) = receiving.receive(sending.send(message))
        assert type(received) is type(message)
        assert sending.state == receiving.state == state


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_nobody_speaks_for_the_other_side(message: Message):
    """A worker cannot request, a checker cannot answer for the student's code."""
    wrong = messages.WORKER if sender_of(message) == messages.CHECKER else messages.CHECKER
    for state in (messages.IDLE, messages.RUNNING, messages.ASKING):
        conversation = Conversation(wrong)
        conversation.state = state
        with pytest.raises(ProtocolError):
            conversation.send(message)


def test_a_second_answer_to_one_request_is_refused():
    """What a worker sends ahead of its turn is not kept for the next request."""
    checker = Conversation(messages.CHECKER)
    checker.send(Request("call", [], {}))
    done = encode(messages.to_plain(Done(1)))
    with pytest.raises(ProtocolError, match="idle"):
        list(checker.receive(done + done))
