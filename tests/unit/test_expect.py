"""Whatever student code answers with, `expect` returns a plain value or fails with the sentence."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.checker import expect
from autograder.checker.student import Remote, Student
from autograder.protocol.codec import DTYPES, Handle, Opaque
from checks.policy_gradient.environments import RecordedEnv, ScriptedEnv
from checks.policy_gradient.notebook import Episode, Model, a_model, an_episode

SENTENCE = "This is what the student reads."
REMOTE_KINDS = {"model": Model, "episode": Episode, "object": Remote}


def remote(kind: str) -> Remote:
    """Something that claims to live in a student's process; nobody is asked anything here."""
    return REMOTE_KINDS[kind](Student.__new__(Student), Handle(kind, 0))


def environment() -> RecordedEnv:
    """An environment, which comes back as itself when a student's code returns it."""
    return RecordedEnv(ScriptedEnv(np.random.default_rng(0), [1.0], "terminated"))


numbers = st.one_of(
    st.integers(-(2**63), 2**64 - 1),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
)
dtypes = st.sampled_from(sorted(DTYPES)).map(np.dtype)
arrays = dtypes.flatmap(
    lambda dtype: hnp.arrays(
        dtype, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
    )
)
leaves = st.one_of(
    st.none(),
    numbers,
    st.text(max_size=5),
    st.binary(max_size=5),
    arrays,
    arrays.map(lambda array: array.reshape(-1)[:1].sum()),
    st.builds(Opaque, st.text(max_size=5)),
    st.sampled_from(sorted(REMOTE_KINDS)).map(remote),
    st.builds(environment),
)
answers = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=12,
)
anything = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))

TAKERS = {
    "floats": lambda value: expect.floats(value, (3,), SENTENCE),
    "a single float": lambda value: expect.floats(value, (), SENTENCE),
    "float_array": lambda value: expect.float_array(value, (2, 3), SENTENCE),
    "close": lambda value: expect.close(value, [0.0, 1.0, 2.0], SENTENCE),
    "integer": lambda value: expect.integer(value, SENTENCE),
    "items": lambda value: expect.items(value, 2, SENTENCE),
    "model": lambda value: a_model(value, SENTENCE),
    "episode": lambda value: an_episode(value, SENTENCE),
}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", TAKERS)
@anything
@given(value=answers)
def test_nothing_but_the_sentence_is_raised(name: str, value: Any) -> None:
    """An answer of any kind gives a value or an AssertionError with the sentence, never another error."""
    assert sentence_of(TAKERS[name], value) in (None, SENTENCE)


def sentence_of(take: Callable[[Any], Any], value: Any) -> str | None:
    """What a student would read, or None where the value was taken."""
    try:
        take(value)
    except AssertionError as error:
        return str(error)
    return None


@pytest.mark.parametrize("kind", [list, tuple, np.array, np.float32])
def test_floats_takes_lists_and_arrays(kind: Any) -> None:
    """A list of numbers is as good as an array of them."""
    assert expect.floats(kind([1, 2.5, -3]), (3,), SENTENCE).tolist() == [1, 2.5, -3]


@pytest.mark.parametrize(
    "value",
    [None, "123", [1, 2], [[1, 2, 3]], [1, [2], 3], [1, None, 3], [True, False, True], 3.0],
    ids=repr,
)
def test_floats_refuses_what_is_not_three_numbers(value: Any) -> None:
    """Strings, ragged lists, booleans and other shapes are refused with the sentence."""
    with pytest.raises(AssertionError, match=SENTENCE):
        expect.floats(value, (3,), SENTENCE)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf, 1.1, 2**70])
def test_close_refuses_what_is_not_close(wrong: float) -> None:
    """One number that is off, infinite or none at all is enough."""
    with pytest.raises(AssertionError, match=SENTENCE):
        expect.close([0.0, wrong, 2.0], [0.0, 1.0, 2.0], SENTENCE)


def test_close_does_not_take_nan_for_nan() -> None:
    """Even where the wanted value is not a number, an answer that is none does not pass."""
    with pytest.raises(AssertionError, match=SENTENCE):
        expect.close([math.nan], [math.nan], SENTENCE)


@pytest.mark.parametrize("value", [3, np.int64(3), np.uint8(3), np.array(3)], ids=repr)
def test_integer_takes_every_integer(value: Any) -> None:
    """Python's integers, NumPy's, and an array that is one integer."""
    assert expect.integer(value, SENTENCE) == 3


@pytest.mark.parametrize("value", [True, 3.0, np.float32(3), np.array([3]), "3", [3]], ids=repr)
def test_integer_refuses_everything_else(value: Any) -> None:
    """A boolean, a float or a list of one integer is not an integer."""
    with pytest.raises(AssertionError, match=SENTENCE):
        expect.integer(value, SENTENCE)


@pytest.mark.parametrize(
    "value",
    [["a" * 4_000_000] + [1] * 150_000, [[1.0] * 3, b"x" * 4_000_000], [np.zeros(2**21), 1.0]],
    ids=["a long string", "long bytes", "a large array"],
)
def test_lists_are_looked_through_before_numpy_sees_them(value: Any) -> None:
    """What would make an array of a terabyte is refused, not put together."""
    assert expect.numbers(value) is None


def test_lists_of_arrays_are_numbers() -> None:
    """A list of small arrays, and one of NumPy's own numbers, are as good as nested lists."""
    nested = expect.numbers([np.ones(2, np.float32), [np.float64(1), 1]])
    assert nested is not None
    assert nested.tolist() == [[1, 1], [1, 1]]
