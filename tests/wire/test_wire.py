"""Claims about any bytes at all: every input of the fuzzer's corpus, replayed, and the fuzzer's own tools."""

from pathlib import Path
from random import Random

import pytest

from autograder.protocol.codec import CodecError, decode
from autograder.protocol.messages import type_of
from tests.wire.mutations import mutate
from tests.wire.properties import Tally, check, cut, memory_bound

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())
MAX_FILES, MAX_BYTES, MAX_SIZE = 200, 200_000, 8192


def untouched(data: bytes, max_size: int) -> bytes:
    """Stands in for libFuzzer's own mutations."""
    return data[:max_size]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:40])
def test_an_input_that_was_found_breaks_nothing(path: Path):
    """Codec and session, on either side, in any state and with bytes in any pieces."""
    data = path.read_bytes()
    check(data, Tally())
    memory_bound(data)


def test_the_corpus_goes_everywhere():
    """Its frames hold every type of the codec's table, every message, and both sides took some."""
    taken: dict[int, Tally] = {0: Tally(), 1: Tally()}
    found: set[str] = set()
    for path in CORPUS:
        data = path.read_bytes()
        check(data, taken[data[0] & 1] if data else Tally())
        for body in cut(data[1:])[0]:
            try:
                found |= names(decode(body))
            except CodecError:
                found.add("CodecError")
    assert found >= {
        "CodecError", "NoneType", "bool", "int", "float", "str", "bytes", "list", "tuple", "dict",
        "ndarray", "Handle", "Opaque", "float64", *type_of,
    }  # fmt: skip
    assert all(tally.taken >= 40 for tally in taken.values())


def names(value: object) -> set[str]:
    """The types of a value and of what is in it; of a message, its name."""
    found = {type(value).__name__}
    if isinstance(value, dict):
        named = value.get("message")
        found |= {named} if isinstance(named, str) else set()
        return found.union(*map(names, value.values()))
    return found.union(*map(names, value)) if isinstance(value, list | tuple) else found


def test_the_corpus_stays_small():
    """It is replayed in every run and kept in the repository for good."""
    assert 0 < len(CORPUS) <= MAX_FILES
    assert sum(path.stat().st_size for path in CORPUS) <= MAX_BYTES


@pytest.mark.parametrize("seed", range(5))
def test_mutated_inputs_break_nothing_and_get_past_their_lengths(seed: int):
    """As the fuzzer makes them: most are streams of whole frames, and a good part of these hold values."""
    rng, tally, sound = Random(seed), Tally(), 0
    for _ in range(100):
        data = mutate(rng.choice(CORPUS).read_bytes(), MAX_SIZE, rng, untouched)
        assert len(data) <= MAX_SIZE
        check(data, tally)
        sound += cut(data[1:])[1]
    assert sound >= 50
    assert tally.frames >= 300
    assert tally.values >= tally.frames / 8
    assert tally.taken >= 10


def test_a_mutation_can_be_repeated():
    """The same seed gives the same bytes, so that a search can be run again."""
    data = CORPUS[-1].read_bytes()
    for seed in range(20):
        twice = [mutate(data, MAX_SIZE, Random(seed), untouched) for _ in range(2)]
        assert twice[0] == twice[1]
