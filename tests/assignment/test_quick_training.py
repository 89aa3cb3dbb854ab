"""Training in fewer operations computes what Keras does: each claim is a cell of a solved notebook."""

import pytest

from autograder.checker.student import Student
from autograder.course.folder import Course
from autograder.submission.assignment import load_assignment
from autograder.submission.plan import reference_plan

NETWORK = """
import checks.policy_gradient.worker_quick as quick
rng = np.random.default_rng(1)
x = (rng.random((9, 80, 80, 2)) < 0.05).astype(np.float32)
y = np.eye(6, dtype=np.float32)[rng.integers(6, size=9)]
w = rng.normal(size=9)
model = build_model()
start = model.get_weights()

def trained(fit):
    model.set_weights(start)
    model.compile('adam', 'categorical_crossentropy')
    fit(x, y, sample_weight=w, verbose=0, batch_size=9, epochs=3)
    return model.get_weights()
"""


@pytest.fixture
def solved(student: Student, course: Course) -> Student:
    """A notebook with the master's solutions, a network of its own, and a batch."""
    for cell in reference_plan(load_assignment(course)).cells:
        student.run_cell(cell.name, cell.source)
    student.run_cell("network", NETWORK)
    return student


def test_adam_in_one_operation_is_keras_s(solved: Student):
    """The same weights after three steps."""
    solved.run_cell(
        "claim",
        "ours = trained(model.fit)\n"
        "Adam, quick_step = keras.optimizers.Adam, keras.optimizers.Adam.update_step\n"
        "Adam.update_step = quick._adam_step\n"
        "kerass = trained(model.fit)\n"
        "Adam.update_step = quick_step\n"
        "for a, b, c in zip(ours, kerass, start):\n"
        "    assert np.linalg.norm(a - b) < 0.01 * np.linalg.norm(b - c)\n"
        "    assert np.abs(a - c).max() > 1e-3",
    )


def test_training_without_a_pipeline_is_keras_s(solved: Student):
    """A quickened model has the same weights after three epochs of one batch."""
    solved.run_cell(
        "claim",
        "def quick_fit(*args, **kwargs):\n    quick.quicken(model)\n    model.fit(*args, **kwargs)\n"
        "kerass = trained(model.fit)\nours = trained(quick_fit)\n"
        "for a, b, c in zip(ours, kerass, start):\n"
        "    assert np.linalg.norm(a - b) < 0.01 * np.linalg.norm(b - c)",
    )


def test_the_reference_s_step_is_that_of_its_train(solved: Student):
    """What the whole is held against takes the path that the master's own compile_model and train take."""
    solved.run_cell(
        "claim",
        "other = build_model()\nother.set_weights(start)\ncompile_model(model, 1e-3)\n"
        "quick.restart(other)\n"
        "for _ in range(3):\n"
        "    episode = Episode(9, (80, 80, 2), (6,))\n"
        "    [episode.append(*each) for each in zip(x, y, rng.normal(size=9))]\n"
        "    train(model, episode, 0.9)\n"
        "    returns = discount_rewards(episode.get()[2], 0.9)\n"
        "    left = quick.follow(other, x, y, (returns - returns.mean()) / returns.std(), 1e-3)\n"
        "for a, b, c in zip(model.get_weights(), left, start):\n"
        "    assert np.linalg.norm(a - b) < 0.01 * np.linalg.norm(b - c)",
    )
