"""Stand-ins in a training loop: what a loop gets, what the checker hears, and how a loop is stopped."""

from typing import Any

import numpy as np
import pytest

from autograder.checker.student import Student
from checks.policy_gradient.notebook import StandIn, States, new_episode, policy


@pytest.fixture
def weights() -> Any:
    """Weights of a model."""
    return np.random.default_rng(0).normal(0, 0.05, (12800, 6)).astype(np.float32)


def test_a_right_train_of_the_students_own_trains_in_the_loop(student: Student, weights: Any):
    """What it returns is what a loop gets, and the checker hears what that did to the model."""
    model, states = policy(student, weights), States()
    lesson = new_episode(student, np.arange(60).reshape(3, 20), np.eye(6)[:3], np.ones(3))
    student.run_cell(
        "train",
        "def train(model, lesson):\n    x, y, w = lesson.get()\n"
        "    model.fit(x, y, sample_weight=w, verbose=0)\n    return 7",
    )
    answers = {"train": ("train", (model, lesson), ("own", student.ask("read", "train")))}
    answers["play"] = ("play", lesson, None)
    for name, answer in answers.items():
        student.ask("assign", name, StandIn(lambda *args, answer=answer: answer, states))
    student.ask("assign", "model", model)
    student.ask("assign", "lesson", lesson)
    student.run_cell(
        "loop", "play(model); assert [train(model, lesson) for _ in '123'] == [7, 7, 7]"
    )
    assert len(states.trained) == 2  # of the last one nothing was told yet
    states.hear(student.ask("untold"))
    assert states.same_episodes
    assert [before.weights for before, _ in states.trained[1:]] == [
        after.weights for _, after in states.trained[:-1]
    ]
    assert len({after.optimizer for _, after in states.trained}) == 1
    student.run_cell(
        "anew", "model.compile('adam', 'mse'); lesson.get()[2][:] = 2; train(model, lesson)"
    )
    states.hear(student.ask("untold"))
    assert len({after.optimizer for _, after in states.trained}) == 2
    assert not states.same_episodes


def test_stopping_a_loop_is_what_the_stop_button_does(student: Student):
    """A loop that catches KeyboardInterrupt ends as it would for a person."""
    student.ask("assign", "f", StandIn(lambda: ("stop", None, None)))
    student.run_cell(
        "loop",
        "def g():\n    try:\n        f()\n    except KeyboardInterrupt:\n        return 'stopped'",
    )
    assert student.g() == "stopped"
