"""`Episode` and the visible checks; `test_live_view.py` has the rest of what the notebook needs."""

import subprocess
import sys

import numpy as np
import pytest

from tests.helpers.assignment import ASSIGNMENT, load_assignment_module

utils = load_assignment_module("utils")
Episode = utils.Episode


def random_steps(count):
    """Return (observations, actions, rewards) with the shapes of Pong."""
    random = np.random.default_rng(count)
    observations = random.integers(2, size=(count, 80, 80, 2))
    actions = np.eye(6)[random.integers(6, size=count)]
    return observations, actions, random.integers(-1, 2, size=count)


def fill(episode, steps):
    """Append all steps and return the episode."""
    for step in zip(*steps, strict=True):
        episode.append(*step)
    return episode


@pytest.mark.parametrize("count", [0, 1, 16, 17, 100])
def test_an_episode_returns_what_was_appended(count):
    """Observations, actions and rewards come back in order, as float32, for T steps."""
    steps = random_steps(count)
    episode = fill(Episode(100, (80, 80, 2), (6,)), steps)
    assert episode.length == count
    for expected, stored in zip(steps, episode.get(), strict=True):
        assert stored.dtype == np.float32
        assert stored.shape == expected.shape
        assert np.array_equal(stored, expected)


def test_the_score_is_the_sum_of_the_rewards():
    """The score follows every append and is a plain float."""
    episode = Episode(10, (2,), (6,))
    scores = [episode.score]
    for reward in (0, 1, -1, -1):
        episode.append([0, 0], np.eye(6)[0], reward)
        scores.append(episode.score)
    assert scores == [0.0, 0.0, 1.0, 0.0, -1.0]
    assert type(episode.score) is float


def test_an_episode_keeps_copies():
    """What happens to an observation later does not change the episode."""
    observation, action = np.ones((80, 80, 2), np.float32), np.eye(6)[1]
    episode = Episode(10, (80, 80, 2), (6,))
    episode.append(observation, action, 1.0)
    observation[:] = 0
    action[:] = 0
    observations, actions, _ = episode.get()
    assert observations.all()
    assert np.array_equal(actions, np.eye(6)[[1]])


def test_a_full_episode_names_its_capacity():
    """One step too many is an error that says how many there is room for, and is not stored."""
    episode = fill(Episode(20, (80, 80, 2), (6,)), random_steps(20))
    with pytest.raises(BufferError, match="20 steps"):
        fill(episode, random_steps(1))
    assert episode.length == 20


@pytest.mark.parametrize(
    ("step", "complaint"),
    [
        ((np.zeros((1, 80, 80, 2)), np.eye(6)[0], 0.0), r"observation .*\(80, 80, 2\).*\(1, 80"),
        ((np.zeros((80, 80)), np.eye(6)[0], 0.0), r"observation .*\(80, 80, 2\), not \(80, 80\)"),
        ((np.zeros((80, 80, 2)), 3, 0.0), r"action .*\(6,\), not \(\)"),
        ((np.zeros((80, 80, 2)), np.eye(6), 0.0), r"action .*\(6,\), not \(6, 6\)"),
        ((np.zeros((80, 80, 2)), np.eye(6)[0], [0.0]), r"reward .*\(\), not \(1,\)"),
    ],
)
def test_a_wrong_shape_is_named(step, complaint):
    """NumPy would stretch some of these silently; the episode says what does not fit."""
    episode = Episode(10, (80, 80, 2), (6,))
    with pytest.raises(ValueError, match=complaint):
        episode.append(*step)
    assert episode.length == 0


def test_memory_grows_with_what_is_appended():
    """Ten fresh episodes cost nothing, 100 steps their 5 MB and not much more, not 100 MB."""
    program = """
import numpy, psutil, utils
def resident():
    return psutil.Process().memory_info().rss / 2**20
start = resident()
episodes = [utils.Episode(2000, (80, 80, 2), (6,)) for _ in range(10)]
fresh = resident()
observation = numpy.ones((80, 80, 2), numpy.float32)
for _ in range(100):
    episodes[0].append(observation, numpy.eye(6)[0], 1.0)
print(fresh - start, resident() - fresh)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ASSIGNMENT, capture_output=True, text=True, check=True
    )
    fresh, filled = (float(number) for number in done.stdout.split())
    assert fresh < 2
    assert 4 < filled < 20


def untouched(observation):
    """Stand for an exercise that nobody has begun."""
    batch = ...
    return batch[0] + observation


def begun(observation):
    """Stand for an exercise in which one line is left, a bare one."""
    batch = [observation]
    ...
    return batch + 1


def wrong(observation):
    """Stand for an exercise that is written, with an Ellipsis of its own, and fails."""
    return np.zeros(3)[..., observation]


def right(observation):
    """Stand for an exercise that is written, with an Ellipsis of its own, and works."""
    return np.zeros((3, 3))[..., observation]


@pytest.mark.parametrize("function", [untouched, begun])
def test_a_placeholder_left_gives_one_sentence(function):
    """While a `...` is left the student reads that, and not the error that it leads to."""
    with (
        pytest.raises(AssertionError, match=f"{function.__name__} is still waiting") as failure,
        utils.Check(function.__name__, globals()),
    ):
        function(5)
    assert failure.value.__suppress_context__


def test_an_exercise_that_another_needs_is_named_first():
    """A check that calls two exercises points to the one that is not finished."""
    with (
        pytest.raises(AssertionError, match="untouched is still waiting"),
        utils.Check("right", globals(), needs=["untouched"]),
    ):
        untouched(5)


@pytest.mark.parametrize("name", ["nobody", "ASSIGNMENT"])
def test_a_missing_function_is_named(name):
    """Where the cell was not run, or could not run, the student reads that."""
    with (
        pytest.raises(AssertionError, match=f"{name} is not defined yet"),
        utils.Check(name, globals()),
    ):
        pass


def test_an_error_of_the_student_passes_through():
    """What goes wrong in finished code is shown as Python shows it, an Ellipsis or not."""
    with pytest.raises(IndexError), utils.Check("wrong", globals()):
        wrong(5)


def test_a_failed_check_of_finished_code_keeps_its_sentence():
    """The sentence of an assertion reaches the student unchanged."""
    with pytest.raises(AssertionError, match="look at the shape"), utils.Check("right", globals()):
        raise AssertionError("look at the shape")


def test_right_code_passes_in_silence(capsys):
    """Nothing is printed and nothing raised by the check itself."""
    with utils.Check("right", globals(), needs=["wrong"]):
        right(1)
    assert capsys.readouterr() == ("", "")
