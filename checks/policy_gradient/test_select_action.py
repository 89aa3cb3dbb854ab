"""An action drawn from exactly the distribution that the model predicts for this observation.

The models here answer for each observation with a distribution of the check's choice, drawn anew for each
submission. Draws are judged one after the other (draws.py): all checks of this file together accuse a right
function with a probability below 1e-9, whatever chance does. Each of these ways to draw is told apart by one
of the distributions, and passes it with a probability of at most 1e-4: probabilities to the power of 1.3 or
of 1 / 1.3, 5 % of uniform draws, the likeliest action once in eight draws, rare actions left out a
second softmax, each draw given twice, the last one given again half of the time, and a table by rank.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from autograder.checker import expect
from autograder.checker.expect import Floats
from autograder.checker.student import Student
from checks.policy_gradient.draws import Draws, all_fit
from checks.policy_gradient.notebook import learner, policy
from checks.policy_gradient.policies import table
from checks.policy_gradient.together import Outcome

Observations = npt.NDArray[np.float32]

SURE = 60.0  # e^-60: in a lifetime of draws no other action comes
STEP = 100  # draws at once

NO_ACTION = (
    "select_action should return one integer from 0 to 5, the number of the action. Look at what your "
    "function returns, and at its type."
)
NOT_DRAWN = (
    "We called select_action many times, and the actions did not come as often as the model's "
    "probabilities say. Are they drawn at random, each time anew, with the probabilities that the model "
    "predicts for the observation that was passed?"
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


def test_skewed_policy(student: Student, rng: np.random.Generator) -> None:
    """Likely actions come often and unlikely ones seldom, exactly as the probabilities say."""
    largest = rng.uniform(0.7, 0.78)
    others = (1 - largest) * rng.dirichlet(np.full(5, 20.0))
    _assert_fits(student, rng, [rng.permutation([largest, *others])])


def test_sure_policy(student: Student, rng: np.random.Generator) -> None:
    """Where one action has probability 1 to 25 decimals, it is always drawn."""
    _assert_fits(
        student,
        rng,
        [_softmax(SURE * np.eye(6)[rng.integers(6)])],
        "Where the model gives one action a probability of practically 1, select_action sometimes "
        "returns another. Is there more chance in it than the model's own probabilities?",
    )


def test_nearly_uniform_policy(student: Student, rng: np.random.Generator) -> None:
    """As at the start of the training: all actions come, and some of them somewhat more often."""
    largest = rng.uniform(0.2, 0.22)
    others = (1 - largest) * rng.dirichlet(np.full(5, 100.0))
    _assert_fits(student, rng, [rng.permutation([largest, *others])])


def test_rare_actions(student: Student, rng: np.random.Generator) -> None:
    """Actions with a probability of less than one in two hundred come, too, if seldom."""
    rare = rng.uniform(0.002, 0.0045, 5)
    distribution = rng.permutation([1 - rare.sum(), *rare])
    without = np.where(distribution < 0.5, 0, 1.0)
    _assert_fits(student, rng, [distribution], rivals=[[without]])


def test_depends_on_observation(student: Student, rng: np.random.Generator) -> None:
    """One model, three observations, three distributions, drawn from in an order without any pattern."""
    shapes = [(0.46, 0.44), (0.46,), (0.3, 0.28, 0.26)]
    distributions = []
    for peaks in shapes:
        likely = np.array(peaks) * rng.uniform(0.95, 1.05, len(peaks))
        others = (1 - likely.sum()) * rng.dirichlet(np.full(6 - len(peaks), 10.0))
        distributions.append(rng.permutation([*likely, *others]))
    rivals = [_by_rank(each, distributions) for each in distributions]
    weights, observations = table(rng, np.log(distributions))
    tests = [Draws(p, its, 80) for p, its in zip(distributions, rivals, strict=True)]
    arguments = [[policy(student, weights), observation] for observation in observations]
    while not all(test.decided for test in tests):
        turns = rng.integers(3, size=120).tolist()
        drawn = _integers(student.in_turns("select_action", turns, arguments), len(turns))
        for number, test in enumerate(tests):
            test.look([a for a, turn in zip(drawn, turns, strict=True) if turn == number])
        assert not any(test.refuted for test in tests), NOT_DRAWN


def test_current_model(student: Student, rng: np.random.Generator) -> None:
    """The model that was passed is asked anew each time: another one, and one that has changed since."""
    actions = rng.permutation(6)
    weights, observations = table(rng, _sure(actions))
    models = policy(student, weights), learner(student, weights, 0.01)
    for turn in range(2):
        for number, model in enumerate(models):
            shift = turn + 3 * number
            model.set_weights([np.roll(weights, shift, axis=1)])
            for observation, action in zip(observations[:3], actions[:3], strict=True):
                count = int(rng.integers(1, 4))
                assert _draw(student, model, observation, count) == count * [
                    (action + shift) % 6
                ], (
                    "When the weights of the model have changed, as they do in training, or for another "
                    "model, select_action does not return the action that it is sure about now. How do "
                    "you ask the model for its prediction?"
                )


def test_model_left_alone(student: Student, rng: np.random.Generator) -> None:
    """The model is only asked, and the observation looked at: both are as before, and the model learns."""
    weights, observations = table(rng, _sure(rng.permutation(6)))
    model = policy(student, weights)
    targets, ones = np.eye(6, dtype=np.float32), np.ones(6)
    model.fit(observations, targets, ones)
    model.set_weights([weights])
    steps = model.steps_taken()
    _draw(student, model, observations[0], 3)
    _, left_of_it = student.with_arguments("select_action", model, observations[1])
    expect.close(
        left_of_it[1] if len(left_of_it) == 2 else None,
        observations[1],
        "select_action changes the observation that it is given, which is stored in the episode "
        "afterwards. It should only look at it.",
    )
    changed = "After select_action the model is not what it was. It should only be asked."
    left = model.weights()
    assert len(left) == 1, changed
    expect.close(left[0], weights, changed, 0, 0)
    assert model.steps_taken() == steps, changed
    model.set_weights([np.zeros_like(weights)])
    learned = model.fit(observations, targets, ones)
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
    sentence: str = "",
    rivals: Sequence[Sequence[Floats] | None] = (None,),
    step: int = STEP,
) -> None:
    """Draw for each distribution, for one observation each, until it is clear whether the draws fit.

    Each has its `rivals`, of which draws.py tells.
    """
    weights, observations = table(rng, np.log(distributions))
    model = policy(student, weights)
    tests = [Draws(p, its, 2 * step) for p, its in zip(distributions, rivals, strict=True)]
    assert all_fit(lambda n, count: _draw(student, model, observations[n], count), tests, step), (
        sentence or NOT_DRAWN
    )


def _by_rank(p: Floats, others: Sequence[Floats]) -> list[Floats]:
    """Return what is drawn from where the other distributions are taken for `p`, as they are or by rank."""
    ranks = np.argsort(np.argsort(p))
    rest = [other for other in others if other is not p]
    return [*rest, *(np.sort(other)[ranks] for other in rest)]


def _draw(student: Student, model: object, observation: Observations, count: int) -> list[int]:
    return _integers(student.repeated("select_action", count, model, observation), count)


def _integers(drawn: object, count: int) -> list[int]:
    actions = [expect.integer(item, NO_ACTION) for item in expect.items(drawn, count, NO_ACTION)]
    assert all(action in range(6) for action in actions), NO_ACTION
    return actions


def _sure(actions: npt.NDArray[np.int64]) -> Floats:
    return np.asarray(SURE * np.eye(6)[actions])


def _softmax(logits: Floats) -> Floats:
    exponentials = np.exp(logits - logits.max())
    return np.asarray(exponentials / exponentials.sum())
