"""What the cells behind the exercises from the returns on say of right and wrong code: the truth."""

import pytest

from tests.helpers.visible_checks import say

# Beside the exercise: what is written in place of the solution's words, and what the line then says.
WRONG = [
    ("discount_rewards", "rewards[t] + gamma * current_return", "rewards[t] + current_return", "by hand"),
    ("discount_rewards", "returns[t] = current_return", "returns[t] = rewards[t] = current_return", "stay"),
    ("discount_rewards", "np.zeros(len(rewards))", "np.zeros(len(rewards), int)", "by hand"),
    (
        "discount_rewards", "np.zeros(len(rewards))",
        "globals().setdefault('room', np.zeros(9999))[:len(rewards)]", "mixed up",
    ),
    ("discount_rewards", "    returns = ", "    np.random.seed(1)\n    returns = ", "seeds alone"),
    ("train", " sample_weight=returns,", "", "did not count as much"),
    ("train", "sample_weight=returns", "sample_weight=-returns", "did not count as much"),
    ("train", "sample_weight=returns", "sample_weight=rewards", "did not count as much"),
    ("train", "sample_weight=returns", "sample_weight=np.clip(returns, -2.5, 2.5)", "did not count as much"),
    (
        "train", "observations, actions, sample", "observations, 0.9 * actions + 0.1 / 6, sample",
        "stored actions",
    ),
    ("train", "discount_rewards(rewards, gamma)", "discount_rewards(rewards, 0.99)", "not count as"),
    ("train", "epochs=1", "epochs=10", "how many epochs"),
    ("train", " / np.std(returns)", "", "are the returns normalised"),
    ("train", "    observations, actions", "    compile_model(model, 0.1)\n    observations, actions", "opt"),
    ("train", "np.ptp(returns) > 0", "True", "returns that are all equal"),
    ("train", "np.ptp(returns) > 0", "rewards.any()", "returns that are all equal"),
    (
        "train", "    model.fit", "    if episode.score <= -21:\n        return\n    model.fit",
        "same weights as before",
    ),
    (
        "train", "    model.fit", "    model.optimizer.learning_rate = 1e-9\n    model.fit",
        "another learning rate",
    ),
    (
        "train", "    model.fit", "    model.layers[1].trainable = len(model.layers) < 4\n    model.fit",
        "do all layers learn",
    ),
    ("train", "    model.fit", "    keras.utils.set_random_seed(1)\n    model.fit", "sets the seed"),
    ("train", "    model.fit", "    rewards += 1\n    model.fit", "leave the rewards"),
    ("training_loop", "model.save(", "train(model, episode, gamma); model.save(", "play the next one"),
    ("training_loop", "run_episode(env, model)", "run_episode(env, build_model())", "the same model"),
    ("training_loop", "train(model, episode, gamma)", "train(model, episode, 0.99)", "the gamma that is set"),
    (
        "training_loop", "    train(model, episode, gamma)",
        "    if episode_number % 2: train(model, episode, gamma)", "train on that",
    ),
    (
        "training_loop", "    train(model, episode, gamma)",
        "    model.set_weights([0 * w for w in model.get_weights()]); train(model, episode, gamma)",
        "weights",
    ),
    (
        "training_loop", "    train(model, episode, gamma)",
        "    compile_model(model, learning_rate); train(model, episode, gamma)", "optimiser",
    ),
    (
        "training_loop", "    train(model, episode, gamma)",
        "    model.compile('adam', 'mse'); train(model, episode, gamma)", "optimiser",
    ),
    (
        "training_loop", "    train(model, episode, gamma)",
        "    model.compile(model.optimizer, 'mse'); train(model, episode, gamma)", "another loss",
    ),
    (
        "training_loop", "episode_number in range",
        "episode_number in range(1, 11) if nr_episodes else range",
        "10",
    ),
    ("training_loop", "    start =", "    np.random.seed(1)\n    start =", "sets the seed"),
    ("training_loop", "model.save(", "model = build_model(); model.save(", "should stay"),
    ("training_loop", "episode.score)\n", "-1)\n", "scores should hold"),
]  # fmt: skip
OWN = "training_loop", "train(model, episode, gamma)", "train(model, episodes, gamma)"


@pytest.fixture(scope="module")
def heard(elsewhere):
    """What they say, all in one process that may use TensorFlow."""
    return elsewhere(say, [row[:3] for row in [*WRONG, OWN]])


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


def test_of_a_loop_that_a_rehearsal_cannot_follow_nothing_is_said(heard):
    """Whoever does something of their own is not told that it is wrong."""
    _, wrong, _ = heard
    assert wrong[-1].startswith("✓ ")
