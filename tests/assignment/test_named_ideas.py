"""Claims about the sentences of this assignment: one slip is one cause, and one cause is one sentence.

Each of these sentences was found wanting once. They are tried in a real session.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.outputs import sentences
from autograder.report import ExerciseResult
from tests.helpers.grading import Notebooks, Warm, exercise

pytestmark = [pytest.mark.heavy, pytest.mark.xdist_group("named_ideas")]

LAYERS = """\
def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, {}activation="relu")(observation)
    conv2 = Conv2D(64, 7, {}activation={})(conv1)
    dense = Dense(128, activation="relu")(Flatten()(conv2))
    dense = {}(dense)
    return Model(observation, Dense(6, activation="softmax")(dense), name="pong")
"""
STRIDES = "strides=4, "
SAME = "keras.layers.Identity()"
RUN = """\
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done, before = False, 0.0
    while not done:
        action = select_action(model, observation)
        {}observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), {})
        before = reward
        done = terminated or truncated
        {}
    return episode
"""
TRAIN = """\
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = {}
    {}
    returns = (returns - np.mean(returns)) / (np.std(returns) + 1e-8)
    model.fit(observations, actions, {}epochs={}, verbose=0)
"""
RETURNS = "discount_rewards(rewards, gamma)"
SAMPLES = "sample_weight=returns, "

Sources = dict[str, str]


@pytest.fixture
def judged(warm_on: Callable[..., Warm], notebooks: Notebooks) -> Callable[..., ExerciseResult]:
    """Grades the master with one other cell; returns the result of its exercise."""

    def judge(name: str, source: str) -> ExerciseResult:
        judgement = warm_on("process").grade(notebooks.solved(**{name: source}))
        assert judgement.advice_fault is None
        return exercise(judgement, name)

    return judge


@pytest.mark.parametrize(
    ("name", "source", "idea", "says"),
    [
        (
            "discount_rewards",
            "def discount_rewards(rewards, gamma):\n    returns, g = np.zeros(len(rewards)), 0.0\n"
            "    for t in range(len(rewards)):\n        g = rewards[t] + gamma * g\n        returns[t] = g\n"
            "    return returns",
            "collects_the_past",
            "runs forwards",
        ),
        (
            "discount_rewards",
            "def discount_rewards(rewards, gamma):\n    returns, g = np.zeros(len(rewards)), 0.0\n"
            "    for t in reversed(range(len(rewards))):\n        g = rewards[t] + 0.99 * g\n"
            "        returns[t] = g\n    return returns",
            "typed_in_gamma",
            "whatever gamma it is given",
        ),
        (
            "train",
            TRAIN.format(RETURNS, "compile_model(model, 3e-5)", SAMPLES, 1),
            "compiles_in_train",
            "compiles the model again",
        ),
        (
            "build_model",
            LAYERS.format(STRIDES, STRIDES, None, SAME),
            "no_relu_in_the_second_convolution",
            "has no activation",
        ),
        (
            "select_action",
            "def select_action(model, observation):\n    return np.random.choice(6)",
            "any_action_alike",
            "same probability",
        ),
        (
            "build_model",
            LAYERS.format("", "", '"relu"', SAME),
            "no_strides",
            "Give both of them strides=4",
        ),
        ("train", TRAIN.format("...", "pass", SAMPLES, 1), "placeholder_left", "placeholder is still there"),
        (
            "run_episode",
            RUN.replace("select_action(model, observation)", "np.random.randint(6)").format(
                "next_", "reward", "observation = next_observation"
            ),
            "plays_any_action",
            "plays any action",
        ),
    ],
    ids=[
        "a forward loop", "a typed-in gamma", "compile in train", "a missing ReLU", "a uniform choice",
        "both strides forgotten", "a placeholder left in train", "random actions",
    ],
)  # fmt: skip
def test_one_slip_is_one_sentence(
    judged: Callable[..., ExerciseResult], name: str, source: str, idea: str, says: str
):
    """The idea behind it is named; what checks saw of it is begun, and no wall of sentences."""
    result = judged(name, source)
    assert result.misconception == idea
    assert says in result.message
    read = sentences.of_exercise(result)
    assert len(read) <= 2
    assert not any(word in " ".join(read) for word in ("set_weights", "SmallModel", "\x1b"))


@pytest.mark.parametrize(
    ("name", "source", "ideas"),
    [
        (
            "run_episode",
            RUN.format("", "before", "pass"),
            {"stores_the_next_observation", "reward_of_the_step_before"},
        ),
        (
            "train",
            TRAIN.format("rewards", "pass", SAMPLES, 2),
            {"rewards_in_place_of_returns", "two_epochs", "more_than_one_epoch"},
        ),
        (
            "build_model",
            LAYERS.format(STRIDES, STRIDES, None, "keras.layers.Dropout(0.5)"),
            {"no_relu_in_the_second_convolution", "dropout_added"},
        ),
        (
            "discount_rewards",
            "def discount_rewards(rewards, gamma):\n    returns, g = np.zeros_like(rewards), 0\n"
            "    for t in range(len(rewards)):\n        g = rewards[t] + gamma * g\n        returns[t] = g\n"
            "    return returns",
            {"collects_the_past", "cuts_off_fractions"},
        ),
        (
            "select_action",
            "def select_action(model, observation):\n    p = model.predict_on_batch(observation[None])[0]\n"
            "    observation *= 0\n    return int(np.argmax(p))",
            {"takes_the_likeliest", "changes_the_observation"},
        ),
    ],
    ids=["run_episode", "train", "build_model", "discount_rewards", "select_action"],
)
def test_of_two_ideas_at_once_one_is_named(
    judged: Callable[..., ExerciseResult], name: str, source: str, ideas: set[str]
):
    """Whichever is found first; never a third one."""
    assert judged(name, source).misconception in ideas


def test_a_right_solution_has_nothing_named(warm_on: Callable[..., Warm], notebooks: Notebooks):
    """The master itself."""
    judgement = warm_on("process").grade(notebooks.solved())
    assert [(each.misconception, each.message) for each in judgement.exercises] == 7 * [(None, "")]
