"""Claims about values as text: short, whole where they are written as Python, and never without end."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import numpy as np
import pytest

from autograder.checker.literal import NotPlain, expressions
from autograder.checker.shown import difference, shown
from autograder.protocol.codec import Opaque
from autograder.protocol.transcript import Call, Comparison, Place, Transcript, packed, unpacked

PLAIN = [
    None,
    True,
    -3,
    0.1,
    float("inf"),
    "tab\tquote'\"\u202e",
    b"\x00",
    [],
    (1,),
    [1, (2.5, "x")],
    {"key": [1]},
    np.float32(0.1),
    np.bool_(True),
    np.array([1, 2], "int8"),
    np.array([[0.1, 0.2]], "float32"),
    np.array([np.nan, 1]),
    np.zeros((0, 3)),
    np.arange(1000.0).reshape(10, 100),
    np.array(5),
]


def rebuilt(data: str, dtype: str, shape: tuple[int, ...]) -> Any:
    """As the notebook does it."""
    return np.frombuffer(zlib.decompress(base64.b64decode(data)), dtype).reshape(shape).copy()


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_plain_data_is_written_so_that_python_makes_it_again(value: Any):
    """Of the same type, shape and numbers, bit by bit."""
    (text,) = expressions([value])
    again = eval(text, {"np": np, "unpacked": rebuilt})
    assert type(again) is type(value)
    np.testing.assert_equal(again, value)
    if isinstance(value, np.ndarray | np.generic):
        assert (again.dtype, again.shape) == (value.dtype, value.shape)


@pytest.mark.parametrize(
    "value",
    [Opaque("Model"), np.random.default_rng(0).random(100_000), "x" * 100_000, [0] * 100_000,
     [np.array([None])]],
    ids=["an object", "a large array", "a long text", "a long list", "an array of objects"],
)  # fmt: skip
def test_what_is_not_plain_or_too_large_is_refused(value: Any):
    """In words that say which."""
    with pytest.raises(NotPlain, match=r"given|too large"):
        expressions([value])


class Raises:
    """Something whose repr goes wrong."""

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    "value",
    ["\x1b[2J\u202e" * 10**6, [["x"] * 10**4] * 10**4, np.zeros((2,) * 8), np.zeros(10**7), Raises(),
     10**400, {str(n): n for n in range(10**5)}, Opaque("\x9b31m")],
    ids=["text", "lists", "dimensions", "array", "repr", "number", "dict", "name"],
)  # fmt: skip
def test_any_value_is_a_short_line_in_which_nothing_hides(value: Any):
    """Whatever a student's code gave back."""
    text = shown(value)
    assert 0 < len(text) <= 600
    assert text.isprintable()


def test_where_numbers_differ_most_is_said():
    """How many, at which place, and both numbers there."""
    wanted = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert difference([[1, 2], [3, 4]], wanted, 0, 0) == ""
    assert difference([[1, 2.1], [9, 4]], wanted, 0, 0) == (
        "2 of 4 numbers differ, most at [1, 0]: 9.0 in place of 3.0"
    )
    assert difference([[1, np.nan], [9, 4]], wanted, 0, 0).endswith("nan in place of 2.0")
    assert difference([1], wanted, 0, 0) == "the shape is (1,) in place of (2, 2)"
    assert difference("x", wanted, 0, 0) == "what came is no array of numbers"


def test_a_transcript_arrives_as_it_was():
    """With all that belongs to a call."""
    call = Call(
        "call", "f", ["1"], traceback=[Place("c", 1, "f")], comparisons=[Comparison("1", "2")]
    )
    made = Transcript([call], comparisons=[Comparison("a", "b", failed=True)], values={"x": "1"})
    assert unpacked(packed(made)) == made


@pytest.mark.parametrize("text", ["", "x", "e30=", packed(Transcript())[:-8]])
def test_what_is_no_transcript_is_refused(text: str):
    """With the one error that is expected."""
    with pytest.raises(ValueError):  # noqa: PT011 - of base64 and JSON, too
        unpacked(text)
