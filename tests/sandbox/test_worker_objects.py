"""Claims about what stays in the worker and is only named to the checker, and the other way round."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.checker.channel import StudentError, WorkerLost
from autograder.checker.student import Student
from checks.policy_gradient.environments import RecordedEnv, ScriptedEnv
from checks.policy_gradient.notebook import Episode, Model, new_episode, policy

SMALL_MODEL = """
import keras, numpy as np
inputs = keras.Input((80, 80, 2))
outputs = keras.layers.Dense(6, activation="softmax")(keras.layers.Flatten()(inputs))
kept = keras.Model(inputs, outputs)
kept.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(0.25))
def get(): return kept
def is_kept(model): return model is kept
"""


def scripted(rewards: list[float], ending: str = "terminated") -> RecordedEnv:
    """An environment that the checker plays."""
    return RecordedEnv(ScriptedEnv(np.random.default_rng(0), rewards, ending))


@pytest.fixture
def model(student: Student) -> Model:
    """A model that the student's notebook made."""
    student.run_cell("model", SMALL_MODEL)
    kept = student.get()
    assert isinstance(kept, Model)
    return kept


def test_a_model_stays_and_can_be_asked(model: Model):
    """Its weights and its predictions cross, and follow what is written into it."""
    kernel, bias = model.weights()
    assert (kernel.shape, bias.shape) == ((12800, 6), (6,))
    model.set_weights([np.zeros((12800, 6)), np.log(np.array([1.0, 2, 3, 4, 5, 5]) / 20)])
    predicted = model.predict(np.ones((2, 80, 80, 2), np.float32))
    np.testing.assert_allclose(predicted, [[0.05, 0.1, 0.15, 0.2, 0.25, 0.25]] * 2, rtol=1e-5)


def test_a_model_tells_how_many_steps_it_took(model: Model):
    """Since it was compiled: none yet."""
    assert model.steps_taken() == 0


def test_a_model_comes_back_as_itself(student: Student, model: Model):
    """The same handle for the same object, and the object for the handle."""
    assert student.get() == model
    assert student.is_kept(model) is True
    assert student.is_kept(policy(student, np.zeros((12800, 6)))) is False


def test_a_handle_that_names_nothing_is_an_error_of_its_call(student: Student, model: Model):
    """After the objects were let go, too."""
    student.tidy_up()
    with pytest.raises(StudentError):
        model.weights()
    assert student.get() is not None


def test_an_episode_stays_and_can_be_read(student: Student):
    """With exactly the steps that the checker put into it."""
    pixels = np.array([[0, 1], [1, 12799], [7, 8]])
    observations = np.zeros((3, 12800), np.float32)
    np.put_along_axis(observations, pixels, 1, axis=1)
    observations = observations.reshape(3, 80, 80, 2)
    actions, rewards = np.eye(6, dtype=np.float32)[[1, 0, 5]], np.array([0.0, 1.0, -3.0])
    episode = new_episode(student, pixels, actions, rewards)
    assert isinstance(episode, Episode)
    for found, expected in zip(episode.get(), (observations, actions, rewards), strict=True):
        np.testing.assert_array_equal(found, expected)
    assert episode.score() == -2


def test_an_episode_of_another_make_is_an_episode(student: Student):
    """What has `get` and `score` counts; what it holds is for the checks to judge."""
    student.run_cell(
        "own",
        "class Own:\n    score = 'high'\n    def get(self): return 1, 2\n"
        "def make(): return Own()\n",
    )
    episode = student.make()
    assert isinstance(episode, Episode)
    assert episode.get() == (None, None, None)
    assert episode.score() == "high"


def test_the_checker_plays_the_environment(student: Student):
    """What the student's loop saw and did is what the checker recorded."""
    student.run_cell(
        "play",
        "def play(env):\n"
        "    seen, (observation, info) = [], env.reset()\n"
        "    over = False\n"
        "    while not over:\n"
        "        _, reward, terminated, truncated, info = env.step(len(seen))\n"
        "        seen.append(reward)\n"
        "        over = terminated or truncated\n"
        "    return seen, terminated, truncated, observation, env is play.env\n"
        "play.env = None\n",
    )
    env = scripted([0.0, 1.0, -1.0], "truncated")
    seen, terminated, truncated, observation, _ = student.play(env)
    assert (seen, terminated, truncated) == ([0.0, 1.0, -1.0], False, True)
    assert [step.action for step in env.steps] == [0, 1, 2]
    assert [step.reward for step in env.steps] == seen
    np.testing.assert_array_equal(env.steps[0].observation, observation)
    assert env.resets == 1


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("env.step(0)", "reset it first"),
        ("env.reset(); env.step(6)", "0 to 5, not 6"),
        ("env.reset(); env.step(-1)", "0 to 5"),
        ("env.reset(); env.step(1.0)", "an integer from 0 to 5"),
        ("env.reset(); env.step(None)", "an integer from 0 to 5"),
        ("env.reset(); env.step([1])", "an integer from 0 to 5"),
        ("env.reset(); env.step(np.eye(6)[0])", "an integer from 0 to 5"),
        ("env.reset(); env.step(np.array(3))", "an integer from 0 to 5"),
        ("env.reset(); env.step(2**70)", "an integer from 0 to 5"),
        ("env.reset(); env.step(object())", "an integer from 0 to 5"),
        ("env.reset(); env.step()", ""),
        ("env.reset(); env.step(1); env.step(1)", "reset it first"),
    ],
)
def test_a_step_that_cannot_be_played_is_the_students_error(call: str, says: str, student: Student):
    """With a sentence about it, in the line that made the call; the game goes on behind it."""
    lines = "".join(f"    {line}\n" for line in call.split("; "))
    student.run_cell("play", f"import numpy as np\ndef play(env):\n{lines}")
    env = scripted([0.0])
    with pytest.raises(StudentError) as caught:
        student.play(env)
    assert says in caught.value.raised.text
    assert caught.value.raised.cell == "play"
    student.run_cell("again", "def again(env):\n    env.reset()\n    return env.step(3)[1]")
    assert student.again(env) == 0.0


@pytest.mark.parametrize("action", ["3", "np.int64(3)", "np.uint8(3)"])
def test_any_integer_is_an_action(action: str, student: Student):
    """Python's and NumPy's: what the real environment takes."""
    student.run_cell(
        "play", f"import numpy as np\ndef play(env):\n    env.reset()\n    env.step({action})"
    )
    env = scripted([0.0, 0.0])
    student.play(env)
    assert [(type(step.action), step.action) for step in env.steps] == [(int, 3)]


def test_a_stand_in_is_called_in_the_place_of_the_students_own(student: Student):
    """With the arguments that the student's code gave, until the checks are done with it."""
    student.run_cell("own", "def helper(x, y=1): return 'own'\ndef f(): return helper([2], y=3)")
    calls: list[Any] = []

    def stand_in(*args: Any, **kwargs: Any) -> str:
        calls.append((args, kwargs))
        return "the checker's"

    student.provide(helper=stand_in)
    assert student.f() == "the checker's"
    assert calls == [(([2],), {"y": 3})]
    student.tidy_up()
    assert student.f() == "own"


def test_a_stand_in_called_wrongly_is_the_students_error(student: Student):
    """As a call of the notebook's own function would be."""
    student.run_cell("own", "def f():\n    return helper(1, 2, 3)")
    student.provide(helper=lambda x: x)
    with pytest.raises(StudentError) as caught:
        student.f()
    assert caught.value.raised.cell == "own"


@pytest.mark.parametrize("target", ["env.0.reset", "env.0.close", "env.-1.step", "seed", "f.x", ""])
def test_only_what_was_provided_can_be_asked_for(target: str, student: Student):
    """A worker that asks for anything else is refused, whatever it calls it."""
    student.run_cell(
        "ask",
        "import gc\nfrom autograder.worker.wire import Wire\n"
        "(wire,) = [o for o in gc.get_objects() if type(o) is Wire]\n"
        f"def f():\n    return wire.ask({target!r}, [], {{}})",
    )
    with pytest.raises(StudentError, match="there is no"):
        student.f()


def test_repeated_calls_get_fresh_arrays(student: Student):
    """What one call does to its argument, the next does not see."""
    student.run_cell("spoil", "def spoil(x):\n    x += 1\n    return x.copy()")
    results = student.repeated("spoil", 3, np.zeros(2))
    np.testing.assert_array_equal(results, np.ones((3, 2)))


def test_what_a_call_does_to_its_arguments_is_seen(student: Student):
    """For checks that the input is left alone."""
    student.run_cell("spoil", "def spoil(x):\n    x += 1\n    return 'done'")
    result, (argument,) = student.with_arguments("spoil", np.zeros(2))
    assert result == "done"
    np.testing.assert_array_equal(argument, [1, 1])


def test_a_seed_makes_every_generator_repeat_itself(start_worker: Callable[[], Student]):
    """Python's, NumPy's, TensorFlow's and Keras's, from the start of a worker."""
    cell = (
        "import random\n"
        "def draw():\n"
        "    ours = random.random(), np.random.random(), int(np.random.choice(2**30))\n"
        "    return *ours, float(tf.random.uniform(())), float(keras.random.uniform(()))"
    )
    draws = []
    for seed in (3, 3, 4):
        student = start_worker()
        student.run_cell("draw", cell)
        student.ask("seed", seed)
        draws.append(student.draw())
    assert draws[0] == draws[1]
    assert all(a != b for a, b in zip(draws[0], draws[2], strict=True))


def test_a_seed_set_again_starts_python_and_numpy_anew(student: Student):
    """So that a check's inputs do not depend on the checks before it."""
    student.run_cell(
        "draw", "import random\ndef draw(): return random.random(), np.random.random()"
    )
    draws = []
    for _ in range(2):
        student.ask("seed", 3)
        draws.append(student.draw())
    assert draws[0] == draws[1]


def test_an_operation_that_does_not_exist_is_an_error(student: Student):
    """The worker answers, and goes on."""
    with pytest.raises(StudentError):
        student.ask("os.system", "true")
    student.run_cell("next", "def f(): return 1")
    assert student.f() == 1


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)", "os.abort()"])
def test_a_worker_that_ends_is_lost_at_once(end: str, student: Student):
    """Nobody waits for it until a time limit."""
    student.run_cell("end", f"import os\ndef f():\n    {end}")
    with pytest.raises(WorkerLost):
        student.f()


@pytest.mark.parametrize(
    "data",
    [b"\xff" * 64, b"\0\0\0\x05\0\0\0\x01[", b"", b"\0\0\0\x0b\0\0\0\x07{\"a\":1}"],
    ids=["huge length", "half a list", "silence and end", "no value of ours"],
)  # fmt: skip
def test_a_worker_that_writes_to_its_socket_is_lost(data: bytes, student: Student):
    """Whatever bytes it sends in place of an answer."""
    student.run_cell(
        "write",
        "import gc, os\nfrom autograder.worker.wire import Wire\n"
        "(wire,) = [o for o in gc.get_objects() if type(o) is Wire]\n"
        f"def f():\n    wire._end.sendall({data!r})\n    os._exit(0)",
    )
    with pytest.raises(WorkerLost):
        student.f()


def test_what_was_kept_survives_tidying_up(student: Student):
    """A notebook's own environment is there for every exercise, and is still the one that it was."""
    student.ask("assign", "env", scripted([0.5, 0.25]))
    student.keep()
    student.ask("assign", "env", scripted([1.0, 1.0]))
    student.run_cell("helper", "def play():\n    env.reset()\n    return env.step(0)[1]")
    assert student.play() == 1.0
    for _ in range(2):
        student.tidy_up()
        student.ask("assign", "other", scripted([0.0]))
        assert student.play() == 0.5
