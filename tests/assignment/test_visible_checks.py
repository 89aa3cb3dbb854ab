"""What the cells behind the exercises say of right and of wrong code: one line, and the truth."""

import contextlib
import io

import pytest

from benchmarks import notebook

# Beside the exercise: what is written in place of the solution's words, and what the line then says.
WRONG = [
    ("build_model", 'Dense(6, activation="softmax")', "Dense(6)", "no probabilities"),
    ("build_model", ', activation="relu")(conv1)', ")(conv1)", "something else"),
    ("build_model", 'Dense(128, activation="relu")', 'Dense(128, activation="tanh")', "something else"),
    ("build_model", "Conv2D(64, 7", "Conv2D(64, 5", "parameters instead of"),
    ("build_model", "(conv2)", '(keras.layers.Dropout(0.5)(conv2))', "While it is trained"),
    ("build_model", 'Dense(128, ', 'Dense(128, kernel_regularizer="l2", ', "While it is trained"),
    ("compile_model", '"categorical_', '"sparse_categorical_', "for one-hot labels"),
    ("compile_model", '"categorical_crossentropy"', '"mse"', "for one-hot labels"),
    (
        "compile_model", '"categorical_crossentropy"',
        "keras.losses.CategoricalCrossentropy(from_logits=True)", "for one-hot labels",
    ),
    ("compile_model", "Adam(learning_rate)", "Adam()", "learning rate of 0.25"),
    ("compile_model", "Adam(learning_rate)", "keras.optimizers.SGD(learning_rate)", "should be Adam"),
    ("compile_model", "Adam(learning_rate)", "Adam(learning_rate, clipnorm=1)", "clipnorm was set"),
    ("select_action", "np.random.choice(6, p=action_probs)", "int(np.argmax(action_probs))", "as it says"),
    ("select_action", "np.random.choice(6, p=action_probs)", "np.random.randint(6)", "as it says"),
    (
        "select_action", "np.random.choice(6, p=action_probs)",
        "np.random.randint(6) if np.random.random() < 0.1 else int(np.argmax(action_probs))", "as it says",
    ),
    ("select_action", "observation[np.newaxis]", "0 * observation[np.newaxis]", "as it says"),
    ("select_action", "return action", "return float(action)", "should be an integer"),
    ("run_episode", "        observation = next_observation", "        pass", "than the newest one"),
    ("run_episode", "select_action(model, observation)", "np.random.randint(6)", "did not choose"),
    ("run_episode", "append(observation,", "append(next_observation,", "observations stored"),
    ("run_episode", "terminated or truncated", "terminated", "also when it is truncated"),
    ("run_episode", "terminated or truncated", "truncated", "also when it is truncated"),
    ("run_episode", "action, reward)", "action, reward + 1)", "rewards stored"),
    ("run_episode", "to_categorical(action, 6)", "to_categorical(5 - action, 6)", "one-hot vectors"),
    ("discount_rewards", "rewards[t] + gamma * current_return", "rewards[t] + current_return", "by hand"),
    ("discount_rewards", "returns[t] = current_return", "returns[t] = rewards[t] = current_return", "stay"),
    ("discount_rewards", "np.zeros(len(rewards))", "np.zeros(len(rewards), int)", "by hand"),
    ("train", " sample_weight=returns,", "", "did not count as much"),
    ("train", "sample_weight=returns", "sample_weight=-returns", "did not count as much"),
    ("train", "sample_weight=returns", "sample_weight=rewards", "did not count as much"),
    ("train", "discount_rewards(rewards, gamma)", "discount_rewards(rewards, 0.99)", "not count as"),
    ("train", "epochs=1", "epochs=10", "how many epochs"),
    ("train", " / np.std(returns)", "", "are the returns normalised"),
    ("train", "    observations, actions", "    compile_model(model, 0.1)\n    observations, actions", "opt"),
    ("train", "np.ptp(returns) > 0", "True", "returns that are all equal"),
    ("training_loop", "model.save(", "train(model, episode, gamma); model.save(", "play the next one"),
    ("training_loop", "run_episode(env, model)", "run_episode(env, build_model())", "the same model"),
    ("training_loop", "train(model, episode, gamma)", "train(model, episode, 0.99)", "the gamma that is set"),
    ("training_loop", "train(model, episode, gamma)", "train(model, episodes, gamma)", ""),
]  # fmt: skip


def say():
    """Return what the visible checks say: of the solutions, by exercise, and of each of WRONG."""
    names = notebook.solutions("hyperparameters")
    from visible import LOOKS, NotYet, check

    sources = {
        cell.grade_id.removesuffix("_solution"): cell.source
        for cell in notebook.cells()
        if cell.is_solution
    }

    def said(exercise, source):
        own = dict(names)
        own |= {"model": trained, "scores": [-21.0], "env": None, "In": [source]}
        if exercise != "training_loop":
            exec(compile(source, exercise, "exec"), own)
        heard = io.StringIO()
        try:
            with contextlib.redirect_stdout(heard):
                check(exercise, own)
        except NotYet as failed:
            return f"✗ {failed}"
        return heard.getvalue()

    trained = names["build_model"]()
    names["compile_model"](trained, 1e-3)
    trained.optimizer.iterations.assign(5)
    right = {exercise: said(exercise, sources[exercise]) for exercise in LOOKS}
    for exercise, words, _, _ in WRONG:
        assert words in sources[exercise], (exercise, words)
    return right, [
        said(each, sources[each].replace(words, others)) for each, words, others, _ in WRONG
    ]


@pytest.fixture(scope="module")
def heard(elsewhere):
    """What they say, all in one process that may use TensorFlow."""
    return elsewhere(say)


def test_of_a_right_solution_each_says_one_line(heard):
    """It begins with a tick."""
    right, _ = heard
    assert len(right) == 7
    assert all(line.startswith("✓ ") and line.count("\n") == 1 for line in right.values()), right


@pytest.mark.parametrize(
    "number", range(len(WRONG)), ids=lambda number: f"{WRONG[number][0]}-{number}"
)
def test_of_a_mistake_it_says_what_is_wrong(heard, number):
    """In one line, with a cross."""
    _, wrong = heard
    expected = WRONG[number][3]
    if not expected:  # the rehearsal cannot follow, and says nothing
        assert wrong[number].startswith("✓ ")
        return
    assert wrong[number].startswith("✗ ")
    assert expected in wrong[number]
    assert "\n" not in wrong[number]
