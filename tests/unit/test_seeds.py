"""Claims about seeds: what the checks draw can be repeated, and cannot be foreseen."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from autograder.course.folder import Course
from autograder.course.seeds import KEY, NoKey, Seeds, fresh_key

DIGEST = hashlib.sha256(b"a notebook").hexdigest()


def seeds_with(key: str, folder: Path) -> Seeds:
    """The seeds of an assignment with this key."""
    (folder / KEY).write_text(key)
    return Seeds(folder)


def test_the_same_seed_and_check_give_the_same_inputs(course: Course):
    """So the same submission gets the same report."""
    first, second = (Seeds(course.checks).for_check(7, "test_train.py::test_x") for _ in range(2))
    assert np.array_equal(first.random(9), second.random(9))
    assert Seeds(course.checks).for_notebook(7) == Seeds(course.checks).for_notebook(7)


def test_every_check_and_every_seed_draws_inputs_of_its_own(course: Course):
    """No check's inputs tell of another's."""
    seeds = Seeds(course.checks)
    drawn = {seeds.for_check(seed, check).random() for seed in (7, 8) for check in ("a", "b")}
    assert len(drawn) == 4


def test_who_lacks_the_hidden_checks_foresees_nothing(course: Course, tmp_path: Path):
    """With the seed of a report and all of the source: another key, other inputs, another seed."""
    real, guessed = Seeds(course.checks), seeds_with("00" * 32, tmp_path)
    assert real.for_check(7, "a").random() != guessed.for_check(7, "a").random()
    assert real.for_notebook(7) != guessed.for_notebook(7)
    assert real.for_submission(DIGEST) != guessed.for_submission(DIGEST)


def test_a_submissions_seed_follows_from_the_key_and_its_own_digest(tmp_path: Path):
    """The same on every machine, as here; a notebook that was changed meets other inputs (fault 16)."""
    seeds = seeds_with("ab" * 32, tmp_path)
    assert seeds.for_submission(DIGEST) == 1056381832
    others = {seeds.for_submission(hashlib.sha256(bytes([n])).hexdigest()) for n in range(200)}
    assert len(others) == 200


def test_seeds_are_ones_that_every_library_takes(course: Course):
    """31 bits, never negative."""
    seeds = Seeds(course.checks)
    found = [seeds.for_notebook(number) for number in range(200)]
    found += [seeds.for_submission(str(number)) for number in range(200)]
    assert 0 <= min(found) <= max(found) < 2**31


def test_a_fresh_key_is_a_key_that_nobody_has(tmp_path: Path):
    """Another one each time."""
    first, second = fresh_key(), fresh_key()
    assert first != second
    assert seeds_with(first, tmp_path).for_notebook(7) != seeds_with(second, tmp_path).for_notebook(
        7
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "is missing"),
        (b"", "(0 bytes)"),
        (b"not hexadecimal", "non-hexadecimal"),
        (b"ab" * 31, "(31 bytes)"),
        (b"\xff" * 64, "cannot be read"),
    ],
    ids=["missing", "empty", "no digits", "too short", "no text"],
)
def test_a_key_that_cannot_be_used_is_said_in_a_sentence(
    content: bytes | None, says: str, tmp_path: Path
):
    """It names the file and what to do (fault 8)."""
    if content is not None:
        (tmp_path / KEY).write_bytes(content)
    with pytest.raises(NoKey) as caught:
        Seeds(tmp_path)
    sentence = str(caught.value)
    assert says in sentence
    assert sentence.startswith(str(tmp_path / KEY))
    assert f"'autograder new-key --assignment {tmp_path.name}'" in sentence
    assert "\n" not in sentence
