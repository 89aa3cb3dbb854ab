"""One epoch on one episode, with the normalised returns as sample weights.

What a student's `train` did is read from the weights that it left in a model of one layer (training.py):
these tell the sample weight of each step. The reference's `discount_rewards` stands in for a wrong one.
"""

from collections.abc import Mapping

import numpy as np
import pytest

from autograder.checker import expect
from autograder.checker.student import Student
from checks.policy_gradient.environments import of_pixels
from checks.policy_gradient.notebook import TAKEN, Floats, seeds_anew
from checks.policy_gradient.together import Outcome
from checks.policy_gradient.training import Change, Lesson, Returns, affine, lesson

LENGTH = 12
CALLS = 15  # more of train
NOT_LEARNED = (
    "The model has not learned from the returns: after train its weights differ from what the returns as "
    "sample weights lead to. Do the returns reach fit?"
)


@pytest.fixture(autouse=True)
def _returns(student: Student, reference: Student, verdicts: Mapping[str, str]) -> None:
    """Keep a wrong discount_rewards from costing points twice; a right one serves as it does in Jupyter."""
    if verdicts.get("discount_rewards") != "passed":
        student.provide(discount_rewards=Returns(reference))


SEEDED = (
    "train seeds the generator of random numbers, so that each game afterwards draws what the game before "
    "drew. Seed it once, at the beginning of the notebook, if at all."
)


def test_sample_weights(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Each step's loss is weighted with the return of that step, up to normalisation."""
    change = lesson(rng, LENGTH).train(student, 0.99)
    assert _follows_returns(change, reference, 0.99), (
        "The steps of the episode do not count as much as their returns say: a step with a high return "
        "should become more likely, one with a low return less likely. What does fit get as the weight "
        "of each sample?"
    )


def test_gamma(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """The returns are discounted with the gamma that was passed."""
    gamma = float(rng.uniform(0.2, 0.7))
    change = lesson(rng, LENGTH).train(student, gamma)
    assert _follows_returns(change, reference, gamma), (
        "With another gamma the steps do not count as much as their returns say. Does train pass on "
        "the gamma that it is given?"
    )


def test_mean(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """The weights of all steps together are 0."""
    weights = _weights(lesson(rng, LENGTH).train(student, 0.9), reference, 0.9)
    assert abs(weights.mean()) < 1e-2 * weights.std(), (
        "The sample weights do not have the mean 0. What should be subtracted from the returns?"
    )


def test_deviation(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Rewards five times as large teach the same: the weights' deviation stays what it is."""
    task = lesson(rng, LENGTH)
    larger = Lesson(task.pixels, task.actions, 5 * task.rewards, task.weights, task.rate)
    first, second = (
        _weights(each.train(student, 0.9), reference, 0.9).std() for each in (task, larger)
    )
    assert np.isclose(first, second, rtol=1e-2), (
        "With rewards five times as large the steps count more than before. The deviation of the sample "
        "weights should not depend on how large the rewards are."
    )


def test_one_epoch(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Each step of an episode of more than 1500 is used, used once, and counts as its return says."""
    task = lesson(rng, int(rng.integers(1510, 1550)), rate=2.0)
    change = task.train(student, 0.99)
    assert change.learned, NOT_LEARNED
    returns = _returns_of(task, reference, 0.99)
    clear = np.abs(returns - returns.mean()) > 1e-3
    unused = int((change.sample_weights()[clear] == 0).sum())
    assert unused == 0, (
        f"From {unused} of {task.length} steps of an episode the model has learned nothing. One epoch goes "
        "through the whole episode: which part of it reaches fit, and how many batches does it take?"
    )
    assert change.strays() < 1e-2, (
        "The model has changed in a way that a single epoch on this episode does not explain. "
        "How many epochs does fit run, and on which observations and actions?"
    )
    assert _follows_returns(change, reference, 0.99), (
        "In a long episode the steps do not count as much as their returns say. Does each return hold all "
        "rewards that follow, and are the returns normalised over the whole episode?"
    )


def test_episode_untouched(student: Student, rng: np.random.Generator) -> None:
    """After the training the episode is what it was, so that its score is still right."""
    task = lesson(rng, LENGTH)
    model, episode = task.start(student)
    student.train(model, episode, 0.99)
    change = task.change(model)
    assert change.learned, NOT_LEARNED
    assert change.sample_weights().std() > 1e-3 * np.abs(change.sample_weights()).max(), NOT_LEARNED
    for left, before in zip(
        episode.get(), (of_pixels(task.pixels), task.actions, task.rewards), strict=True
    ):
        expect.close(
            left,
            before,
            "After train the episode holds other numbers than before. Its arrays are no copies: what is "
            "changed in them, changes the episode.",
            0,
            0,
        )


def test_equal_returns(student: Student, rng: np.random.Generator) -> None:
    """Returns that are all equal teach nothing, and do no harm, be they 0 or not."""
    task = lesson(rng, LENGTH)
    usual = task.train(student, 0.9)
    assert usual.learned, NOT_LEARNED
    # A sum of a few such numbers is exact: what is left would be rounding, which a deviation of 0 blows up.
    for last in (0.0, rng.integers(65, 128) / 64):
        rewards = np.append(np.zeros(LENGTH - 1), last).astype(np.float32)
        pointless = Lesson(task.pixels, task.actions, rewards, task.weights, task.rate)
        assert pointless.train(student, 1.0).size < 1e-3 * usual.size, (
            "In an episode whose returns are all equal, no step is better than the others, so there is "
            "nothing to learn. Your train changes the model all the same."
        )


def test_again_and_again(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """The last of many calls teaches what the first did; the model keeps its optimizer and its rate."""
    task = lesson(rng, LENGTH)
    model, episode = task.start(student)
    student.train(model, episode, 0.9)
    sentence = (
        "We called train again and again, and the last call did not do what the first one did. Does train "
        "keep something from one call to the next, or change the model's optimizer or its learning rate?"
    )
    first = task.change(model)
    assert first.learned, NOT_LEARNED
    returns = _returns_of(task, reference, 0.9)
    wanted, steps = (
        first.even_weights(returns),
        expect.integer(model.steps_taken(), sentence) - TAKEN,
    )
    assert not seeds_anew(student, rng, model, lambda: student.train(model, episode, 0.9)), SEEDED
    student.repeated("train", CALLS - 2, model, episode, 0.9)
    taken = expect.integer(model.steps_taken(), sentence)
    assert taken == TAKEN + (CALLS + 1) * steps, sentence
    model.set_weights([task.weights])
    student.train(model, episode, 0.9)
    last = task.change(model, taken)
    assert last.learned, sentence
    expect.close(last.even_weights(returns), wanted, sentence, 1e-2, 1e-2 * np.abs(wanted).max())


def test_weights_of_reference(
    student: Student, reference: Student, rng: np.random.Generator
) -> None:
    """Each step counts as much as it does for the reference, in several batches and with few points.

    A standard deviation with T - 1 in place of T in its denominator is as good.
    """
    task = lesson(rng, int(rng.integers(150, 250)), rate=0.5, scarce=True)
    wanted = task.train(reference, 0.99).sample_weights()
    change = task.train(student, 0.99)
    weights = change.even_weights(_returns_of(task, reference, 0.99))
    bessel = np.sqrt(1 - 1 / task.length)
    distances = [np.linalg.norm(weights - factor * wanted) for factor in (1, bessel)]
    assert min(distances) < 2e-3 * np.linalg.norm(wanted), (
        "From the same start and with the same episode your model ends with other weights than ours. "
        "Are the returns normalised to mean 0 and deviation 1, and is it one epoch with the episode's "
        "own observations and actions?"
    )
    assert change.strays() < 1e-2, NOT_LEARNED
    _assert_outlier_counts(student, reference, rng)


def test_put_together(together: Outcome) -> None:
    """Together with the other exercises, each update is the one that ours makes."""
    together.of("train")


def _assert_outlier_counts(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Check that a return which is several deviations from the others counts as it is."""
    task = lesson(rng, int(rng.integers(30, 40)))
    task.rewards[rng.integers(5, 25)] = -40
    change = task.train(student, 0.3)
    assert _follows_returns(change, reference, 0.3), (
        "One return that is far larger than the others does not count as much as it should. Are the returns "
        "used as they are, once they are normalised?"
    )


def _returns_of(task: Lesson, reference: Student, gamma: float) -> Floats:
    return np.asarray(reference.discount_rewards(task.rewards, gamma), np.float64)


def _follows_returns(change: Change, reference: Student, gamma: float) -> bool:
    returns = _returns_of(change.lesson, reference, gamma)
    return affine(change.even_weights(returns), returns)


def _weights(change: Change, reference: Student, gamma: float) -> Floats:
    """Return the weight of each step; fail where the model did not learn from weights that differ."""
    assert change.learned, NOT_LEARNED
    weights = change.even_weights(_returns_of(change.lesson, reference, gamma))
    assert weights.std() > 1e-3 * np.abs(weights).max(), NOT_LEARNED
    return weights
