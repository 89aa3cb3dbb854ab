"""Claims about lies: whatever bytes or values a codec is given, it refuses in one known way."""

import json
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.protocol import codec, messages
from autograder.protocol.codec import CodecError, Handle, Opaque, decode, encode
from autograder.protocol.frames import FrameBuffer

PLAIN_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["list", "tuple", "dict", "bytes", "array", "scalar", "float", "handle", "opaque"]
            ),
            inner | st.sampled_from(sorted(codec.DTYPES)),
            min_size=1,
            max_size=1,
        )
    ),
    max_leaves=12,
)


def body(header: Any, buffers: bytes = b"") -> bytes:
    """The body of a frame with any header, honest or not."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack(">I", len(text)) + text + buffers


def outcome(data: bytes) -> Any:
    """What comes of a body: its value or the exception's type, both harmless."""
    try:
        return decode(data)
    except CodecError as error:
        return type(error)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_value_or_a_codec_error(data: bytes):
    """Nothing else comes out of the decoder, and what it builds can be encoded again."""
    value = outcome(data)
    if value is not CodecError:
        encode(value)


@given(PLAIN_JSON, st.binary(max_size=16))
def test_any_header_is_a_value_or_a_codec_error(header: Any, buffers: bytes):
    """A header that is good JSON may still say anything at all."""
    value = outcome(body(header, buffers))
    if value is not CodecError:
        encode(value)


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_bytes_fed_to_the_buffer_are_bodies_or_a_codec_error(pieces: list[bytes]):
    """A length over the limit is refused before anything is waited for or stored."""
    frames = FrameBuffer(limit=100)
    try:
        for piece in pieces:
            assert all(len(frame) <= 100 for frame in frames.feed(piece))
    except CodecError:
        return


@pytest.mark.parametrize("length", [codec.MAX_FRAME + 1, 2**32 - 1])
def test_a_length_over_the_limit_is_refused_at_once(length: int):
    """Four bytes are enough to see the lie."""
    with pytest.raises(CodecError, match="over the limit"):
        list(FrameBuffer().feed(struct.pack(">I", length)))


@pytest.mark.parametrize(
    "header",
    [
        {"array": ["<f8", [2], 0, 8]},  # the shape wants 16 bytes
        {"array": ["<f8", [1], 0, 8.0]},
        {"array": ["<f8", [1], 8, 8]},  # begins behind the buffers' end
        {"array": ["<f8", [1], -8, 8]},
        {"array": ["<f8", [-1], 0, 8]},
        {"array": ["<f8", [True], 0, 8]},
        {"array": ["<f8", [1.0], 0, 8]},
        {"array": ["<f8", [1] * 9, 0, 8]},
        {"array": ["<f8", [2**70, 0], 0, 0]},
        {"array": ["<f8", [0, 2**26, 2**26, 2**26], 0, 0]},  # overflows beside its zero
        {"array": ["<f8", [2**26, 2**26], 0, 8]},
        {"array": ["|O", [1], 0, 8]},
        {"array": ["O", [1], 0, 8]},
        {"array": ["<U2", [1], 0, 8]},
        {"array": ["<M8[s]", [1], 0, 8]},
        {"array": [[["a", "<f8"]], [1], 0, 8]},
        {"array": ["<f8", "1", 0, 8]},
        {"array": ["<f8", [1], 0]},
        {"scalar": ["<f8", 0, 7]},
        {"scalar": ["<f4", 0, 8]},
        {"bytes": [0, 9]},
        {"bytes": [0]},
        {"bytes": [4, 4]},
        {"list": [{"bytes": [0, 8]}, {"bytes": [0, 8]}]},
        {"bytes": [0, 2**80]},
        {"bytes": ["0", "8"]},
        {"handle": ["model", -1]},
        {"handle": ["model", 2**31]},
        {"handle": [7, 7]},
        {"handle": ["model", True]},
        {"handle": ["model", 1.0]},
        {"handle": ["m" * 201, 1]},
        {"opaque": "o" * 201},
        {"opaque": None},
        {"float": "1.5"},
        {"float": 1.5},
        {"dict": [["a"]]},
        {"dict": [["a", 1, 2]]},
        {"dict": [[1, 2]]},
        {"dict": {"a": 1}},
        {"dict": [["k" * 201, 1]]},
        {"set": [1]},
        {"list": [1], "tuple": [1]},
        {"pickle": "gASVCwAAAAAAAACMB2J1aWx0aW5zlC4="},
        {},
        [],
        2**64,
        -(2**63) - 1,
    ],
    ids=str,
)
def test_a_header_that_lies_is_refused(header: Any):
    """Types, shapes, sizes and places are looked at before they are used."""
    with pytest.raises(CodecError):
        decode(body(header, bytes(8)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0",
        struct.pack(">I", 100) + b"1",
        body(b""),
        body(b"{"),
        body(b"\xff\xfe1"),
        body("1".encode("utf-16-le")),
        body("1".encode("utf-32-be")),
        body("1".encode("utf-8-sig")),
        body(b'"\xed\xa0\x80"'),
        body(b"1" * 5000),
        body(b"[" * 100_000),
        body(b'{"list":[' * 50_000),
    ],
    ids=[
        "empty",
        "short",
        "long header",
        "none",
        "half",
        "byte order mark",
        "utf-16",
        "utf-32",
        "utf-8 mark",
        "surrogate",
        "digits",
        "deep",
        "deep lists",
    ],
)
def test_a_header_that_is_no_json_is_refused(data: bytes):
    """Also where only the parser's own limits notice."""
    with pytest.raises(CodecError):
        decode(data)


@pytest.mark.parametrize(
    "node", [{"array": ["|b1", [2], 0, 2]}, {"scalar": ["|b1", 0, 2]}], ids=str
)
@pytest.mark.parametrize("data", [b"\1\2", b"\xff\0", b"\0\x80\1"])
def test_a_boolean_is_true_or_false(node: Any, data: bytes):
    """NumPy takes each byte of a boolean array for 0 or 1 and does not look."""
    with pytest.raises(CodecError):
        decode(body(node, data))


def test_depth_is_limited_on_both_sides():
    """The deepest list that is sent is the deepest that is taken."""
    value: Any = 1
    for _ in range(codec.MAX_DEPTH):
        value = [value]
    assert decode(encode(value)[4:]) == value
    with pytest.raises(CodecError):
        encode([value])
    deeper = '{"list":[' * (codec.MAX_DEPTH + 1) + "1" + "]}" * (codec.MAX_DEPTH + 1)
    with pytest.raises(CodecError):
        decode(body(deeper.encode()))


def test_length_is_limited_on_both_sides():
    """The longest list that is sent is the longest that is taken."""
    longest = [0] * (codec.MAX_ITEMS - 1)
    assert decode(encode(longest)[4:]) == longest
    with pytest.raises(CodecError):
        encode([*longest, 0])
    with pytest.raises(CodecError):
        decode(body({"list": [*longest, 0]}))


def test_a_header_that_would_fill_the_memory_is_refused_before_it_is_parsed():
    """Empty lists take thirty bytes each where JSON takes three."""
    with pytest.raises(CodecError, match="header"):
        decode(body(b"[" + b"[]," * (codec.MAX_HEADER // 3) + b"[]]"))
    with pytest.raises(CodecError, match="limit"):
        encode("x" * (codec.MAX_HEADER + 1))


def test_a_frame_over_the_limit_is_not_sent():
    """Ours end where theirs must."""
    with pytest.raises(CodecError, match="limit"):
        encode(np.zeros(codec.MAX_FRAME + 1, np.uint8))


@pytest.mark.parametrize(
    "value",
    [
        2**64,
        {1: 2},
        {"k" * 201: 1},
        {1, 2},
        object(),
        print,
        1j,
        np.complex64(1),
        np.longdouble(1),
        np.array(["a"]),
        np.array([object()]),
        np.array(["a"], np.dtypes.StringDType()),
        np.zeros(1, "M8[s]"),
        np.zeros(1, [("a", "f4")]),
        np.zeros((1,) * 9),
        np.ma.masked_array([1.0]),
        type("Text", (str,), {})("a"),
        type("Number", (int,), {})(1),
        Handle("h" * 201, 1),
        Handle("model", -1),
        Handle("model", True),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_without_an_encoding_is_refused(value: Any):
    """Also inside a list; nothing is sent in its place behind the caller's back."""
    for nested in (value, [value]):
        with pytest.raises(CodecError):
            encode(nested)


def test_an_opaque_object_equals_nothing():
    """Two names of types say nothing about two objects."""
    assert Opaque("function") != Opaque("function")


class TooLongToPrint:
    """Stands for tens of thousands of arrays, which take minutes to write out."""

    def __repr__(self) -> str:
        raise AssertionError("somebody prints what a stranger sent")


def test_a_frame_that_names_no_message_is_refused_unprinted():
    """What stands in the place of the name may be anything, and long."""
    for name in (TooLongToPrint(), [TooLongToPrint()], None, 1):
        with pytest.raises(CodecError, match="none of the five"):
            messages.from_plain({"message": name, "value": None})


@pytest.mark.parametrize("field", ["type_name", "text", "cell"])
def test_an_exception_with_endless_texts_is_refused(field: str):
    """It becomes one sentence; a frame's worth of it would be kept for nothing."""
    raised = {
        "message": "Raised", "type_name": "E", "text": "no", "cell": "train", "line": 1, "errno": 0,
    }  # fmt: skip
    messages.from_plain(raised | {field: "x" * messages.MAX_TEXT})
    with pytest.raises(CodecError, match=field):
        messages.from_plain(raised | {field: "x" * (messages.MAX_TEXT + 1)})
