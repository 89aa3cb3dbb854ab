"""What the cells behind the network's exercises say of right and wrong code: the truth."""

import pytest

from tests.helpers.visible_checks import say

# Beside the exercise: what is written in place of the solution's words, and what the line then says.
WRONG = [
    ("build_model", 'Dense(6, activation="softmax")', "Dense(6)", "no probabilities"),
    ("build_model", ', activation="relu")(conv1)', ")(conv1)", "something else"),
    ("build_model", 'Dense(128, activation="relu")', 'Dense(128, activation="tanh")', "something else"),
    (
        "build_model", 'activation="relu")(observation)',
        "activation=keras.layers.ReLU(max_value=20))(observation)", "something else",
    ),
    ("build_model", "Conv2D(64, 7", "Conv2D(64, 5", "parameters instead of"),
    ("build_model", "(conv2)", '(keras.layers.Dropout(0.5)(conv2))', "While it is trained"),
    ("build_model", 'Dense(128, ', 'Dense(128, kernel_regularizer="l2", ', "While it is trained"),
    ("build_model", 'Dense(128, ', 'Dense(128, kernel_constraint="unit_norm", ', "While it is trained"),
    ("build_model", 'Dense(128, ', 'Dense(128, trainable=False, ', "While it is trained"),
    ("build_model", "return model", "model.fit = lambda *a, **b: None\n    return model", "While it is tr"),
    ("build_model", 'Dense(128, ', 'Dense(128, kernel_initializer="zeros", ', "start at random"),
    ("build_model", "    return model", "    return globals().setdefault('kept', model)", "twice"),
    ("compile_model", '"categorical_', '"sparse_categorical_', "for one-hot labels"),
    ("compile_model", '"categorical_crossentropy"', '"mse"', "for one-hot labels"),
    (
        "compile_model", '"categorical_crossentropy"',
        "keras.losses.CategoricalCrossentropy(from_logits=True)", "for one-hot labels",
    ),
    ("compile_model", "Adam(learning_rate)", "Adam()", "learning rate of 0.25"),
    ("compile_model", "Adam(learning_rate)", "Adam(max(learning_rate, 1e-4))", "learning rate of 1e-06"),
    (
        "compile_model", "Adam(learning_rate)",
        "Adam(keras.optimizers.schedules.ExponentialDecay(learning_rate, 100, 0.9))", "training steps",
    ),
    ("compile_model", "Adam(learning_rate)", "keras.optimizers.SGD(learning_rate)", "should be Adam"),
    ("compile_model", "Adam(learning_rate)", "Adam(learning_rate, clipnorm=1)", "clipnorm was set"),
    (
        "compile_model", "    model.compile", "    model.layers[1].trainable = False\n    model.compile",
        "learn",
    ),
    ("compile_model", "    model.compile", "    model = build_model()\n    model.compile", "not compiled"),
    ("compile_model", "    ### END", "    model.fit = lambda *a, **b: None\n    ### END", "methods"),
]  # fmt: skip


@pytest.fixture(scope="module")
def heard(elsewhere):
    """What they say, all in one process that may use TensorFlow."""
    return elsewhere(say, [row[:3] for row in WRONG])


def test_of_a_right_solution_each_says_one_line(heard):
    """It begins with a tick."""
    right, _, _ = heard
    assert len(right) == 7
    assert all(line.startswith("✓ ") and line.count("\n") == 1 for line in right.values()), right


def test_no_function_is_traced_again_and_again(heard):
    """TensorFlow would warn of it, below a student's cell."""
    _, _, warnings = heard
    assert "retracing" not in warnings


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
