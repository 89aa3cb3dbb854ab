"""What the cells behind select_action and run_episode say of right and wrong code: the truth."""

import pytest

from tests.helpers.visible_checks import say

# Beside the exercise: what is written in place of the solution's words, and what the line then says.
WRONG = [
    ("select_action", "np.random.choice(6, p=action_probs)", "int(np.argmax(action_probs))", "as it says"),
    ("select_action", "np.random.choice(6, p=action_probs)", "np.random.randint(6)", "as it says"),
    (
        "select_action", "np.random.choice(6, p=action_probs)",
        "np.random.randint(6) if np.random.random() < 0.1 else int(np.argmax(action_probs))", "as it says",
    ),
    ("select_action", "[0]", "[0].round(1) + 1e-9; action_probs /= action_probs.sum()", "as it says"),
    ("select_action", "observation[np.newaxis]", "0 * observation[np.newaxis]", "as it says"),
    ("select_action", "return action", "return float(action)", "should be one integer"),
    ("select_action", "return action", "return np.array(action)", "should be one integer"),
    ("select_action", "    return action", "    observation *= 0\n    return action", "as it is"),
    (
        "select_action", "    return action", "    model.trainable = False\n    return action",
        "layers that learn",
    ),
    ("select_action", "    return action", "    model.compile()\n    return action", "optimiser"),
    ("select_action", "    ### START", "    np.random.seed(1)\n    ### START", "a seed"),
    (
        "select_action", "np.random.choice(6, p=action_probs)",
        "int(np.searchsorted(np.cumsum(action_probs), "
        "globals().update(turn=(globals().get('turn', 0) + 0.618034) % 1) or turn))", "by chance",
    ),
    (
        "select_action", "    # an action drawn",
        "    action_probs = globals().setdefault('old', {}).setdefault(observation.tobytes(), action_probs)\n"
        "    # an action drawn", "those from before",
    ),
    (
        "select_action", "    return action",
        "    return int(action_probs.argmax()) if int(model.optimizer.iterations) > 99 else action",
        "for long",
    ),
    ("run_episode", "        observation = next_observation", "        pass", "than the newest one"),
    ("run_episode", "select_action(model, observation)", "np.random.randint(6)", "most probable action"),
    (
        "run_episode", "select_action(model, observation)",
        "int(model.predict_on_batch(observation[np.newaxis]).argmax())", "most probable action",
    ),
    (
        "run_episode", "select_action(model, observation)",
        "select_action(model, observation) if episode.length < 100 else np.random.randint(6)", "probable",
    ),
    ("run_episode", "append(observation,", "append(next_observation,", "observations stored"),
    ("run_episode", "terminated or truncated", "terminated", "also when it is truncated"),
    ("run_episode", "terminated or truncated", "truncated", "also when it is truncated"),
    (
        "run_episode", "terminated or truncated", "terminated or episode.length > 1500",
        "but run_episode played",
    ),
    ("run_episode", "action, reward)", "action, reward + 1)", "rewards stored"),
    ("run_episode", "action, reward)", "action, reward if episode.length < 200 else 1)", "rewards stored"),
    ("run_episode", "to_categorical(action, 6)", "to_categorical(5 - action, 6)", "one-hot vectors"),
    ("run_episode", "env.step(action)", "env.step(np.array(action))", "one integer"),
    ("run_episode", "Episode(2000,", "Episode(1999,", "capacity"),
    ("run_episode", "    ### START", "    env.max_steps = 100\n    ### START", "limit"),
    ("run_episode", "    ### START", "    np.random.seed(1)\n    ### START", "sets the seed"),
    ("run_episode", "    ### START", "    model.trainable = False\n    ### START", "layers that learn"),
]  # fmt: skip


@pytest.fixture(scope="module")
def heard(elsewhere):
    """What they say, all in one process that may use TensorFlow."""
    return elsewhere(say, [row[:3] for row in WRONG])


@pytest.mark.parametrize(
    "number", range(len(WRONG)), ids=lambda number: f"{WRONG[number][0]}-{number}"
)
def test_of_a_mistake_it_says_what_is_wrong(heard, number):
    """In one line, with a cross."""
    _, wrong, _ = heard
    expected = WRONG[number][3]
    assert wrong[number].startswith("✗ ")
    assert expected in wrong[number]
    assert "\n" not in wrong[number]
