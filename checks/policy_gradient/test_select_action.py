"""An action drawn from exactly the distribution that the model predicts for this observation.

The models here answer for each observation with a distribution of the check's choice. Draws are tested
with exact binomial tails (binomial.py): the checks of this file make 5 such verdicts of 7 tests each,
so that an innocent function is accused with a probability below 35 * 1e-11 < 1e-9 in all.

What is found: probabilities to the power of 1.3, missed by test_skewed_policy with a probability below
0.0001, and powers further away than that; an action of nearly_uniform_policy that is off by 0.2,
missed with one below 0.001, by 0.1 mostly; epsilon-greedy with epsilon of 0.1 or more, since a single
other action among draws that the model is sure about is proof. Who goes by the order of the
probabilities alone, meets two distributions with the same largest one and different others.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from autograder.checker import expect
from autograder.checker.expect import Floats
from autograder.checker.student import Student
from checks.policy_gradient.binomial import fits
from checks.policy_gradient.notebook import policy
from checks.policy_gradient.policies import table
from checks.policy_gradient.together import Outcome

Observations = npt.NDArray[np.float32]

SURE = 60.0  # e^-60: in a lifetime of draws no other action comes
NEARLY_UNIFORM = (0.34, 0.22, 0.16, 0.13, 0.1, 0.05)
TWO_PEAKS = (0.46, 0.44, 0.04, 0.03, 0.02, 0.01)
ONE_PEAK = (0.46, 0.13, 0.12, 0.11, 0.1, 0.08)
THREE_PEAKS = (0.3, 0.28, 0.26, 0.1, 0.04, 0.02)

NO_ACTION = (
    "select_action should return one integer from 0 to 5, the number of the action. Look at what your "
    "function returns, and at its type."
)


def test_integer_in_range(student: Student, rng: np.random.Generator) -> None:
    """One integer from 0 to 5, and most of the time the one that the model is sure about."""
    actions = rng.permutation(6)
    weights, observations = table(rng, _sure(actions))
    model = policy(student, weights)
    right = 0
    for observation, action in zip(observations, actions, strict=True):
        right += sum(drawn == action for drawn in _draw(student, model, observation, 10))
    assert right >= 45, (
        "Where the model is sure about one action, select_action mostly returns another. "
        "Does it use the probabilities that the model predicts?"
    )


def test_sure_policy(student: Student, rng: np.random.Generator) -> None:
    """Where one action has probability 1 to 25 decimals, it is always drawn."""
    actions = rng.permutation(6)
    weights, observations = table(rng, _sure(actions))
    model = policy(student, weights)
    for observation, action in zip(observations, actions, strict=True):
        drawn = _draw(student, model, observation, 40)
        assert set(drawn) == {action}, (
            "Where the model gives one action a probability of practically 1, select_action sometimes "
            "returns another. Is there more chance in it than the model's own probabilities?"
        )


def test_skewed_policy(student: Student, rng: np.random.Generator) -> None:
    """Likely actions come often and unlikely ones seldom, exactly as the probabilities say."""
    largest = rng.uniform(0.72, 0.78)
    others = (1 - largest) * rng.dirichlet(np.full(5, 3.0))
    _assert_fits(student, rng, [rng.permutation([largest, *others])], 1200)


def test_nearly_uniform_policy(student: Student, rng: np.random.Generator) -> None:
    """As at the start of the training: all actions come, and some of them somewhat more often."""
    _assert_fits(student, rng, [_permuted(rng, NEARLY_UNIFORM)], 600)


def test_depends_on_observation(student: Student, rng: np.random.Generator) -> None:
    """One model, three observations, three distributions, drawn from in turns."""
    distributions = [_permuted(rng, each) for each in (TWO_PEAKS, ONE_PEAK, THREE_PEAKS)]
    _assert_fits(student, rng, distributions, 90, turns=2)


def test_keras_model(student: Student, rng: np.random.Generator) -> None:
    """The model is asked anew each time, and left as it was: it still learns."""
    actions = rng.permutation(6)
    weights, observations = table(rng, _sure(actions))
    model = policy(student, weights)
    for turn in range(2):
        model.set_weights([np.roll(weights, turn, axis=1)])
        for observation, action in zip(observations[:3], actions[:3], strict=True):
            assert _draw(student, model, observation, 1) == [(action + turn) % 6], (
                "The weights of the Keras model have changed, as they do in training, and select_action "
                "does not return the action that the model is sure about now. How do you ask the model "
                "for its prediction?"
            )
    changed = "After select_action the model is not what it was. It should only be asked."
    left = model.weights()
    assert len(left) == 1, changed
    expect.close(left[0], np.roll(weights, 1, axis=1), changed, 0, 0)
    model.set_weights([np.zeros_like(weights)])
    learned = model.descend(observations, np.eye(6, dtype=np.float32), 0.1)
    assert len(learned) == 1, changed
    assert np.abs(expect.floats(learned[0], weights.shape, changed)).max() > 0, (
        "After select_action the model does not learn any more. It should only be asked."
    )


def test_put_together(together: Outcome) -> None:
    """Together with the other exercises, actions are those of the network as it is by then."""
    together.of("select_action")


def _assert_fits(
    student: Student,
    rng: np.random.Generator,
    distributions: Sequence[Floats],
    count: int,
    turns: int = 1,
) -> None:
    """Draw `count` actions for each observation in each turn, and compare with its distribution."""
    weights, observations = table(rng, np.log(distributions))
    model = policy(student, weights)
    drawn: list[list[int]] = [[] for _ in distributions]
    for _ in range(turns):
        for number, observation in enumerate(observations):
            drawn[number] += _draw(student, model, observation, count)
    for actions, probabilities in zip(drawn, distributions, strict=True):
        assert fits(actions, probabilities), (
            "We called select_action many times for the same observation, and the actions did not come "
            "as often as the model's probabilities for it say. Are they drawn at random, each time anew, "
            "with the probabilities that the model predicts for the observation that was passed?"
        )


def _draw(student: Student, model: object, observation: Observations, count: int) -> list[int]:
    drawn = student.repeated("select_action", count, model, observation)
    actions = [expect.integer(item, NO_ACTION) for item in expect.items(drawn, count, NO_ACTION)]
    assert all(action in range(6) for action in actions), NO_ACTION
    return actions


def _sure(actions: npt.NDArray[np.int64]) -> Floats:
    return np.asarray(SURE * np.eye(6)[actions])


def _permuted(rng: np.random.Generator, probabilities: Sequence[float]) -> Floats:
    """Return the probabilities in another order, each a little different, with the sum 1."""
    changed = rng.permutation(probabilities) * rng.uniform(0.95, 1.05, 6)
    return np.asarray(changed / changed.sum())
