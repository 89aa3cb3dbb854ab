"""What stands in for a part of the notebook is that part in small: models, environments, episodes.

Each claim runs in a real worker, as a cell of a notebook: what a student's code sees is what counts.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.checker.channel import StudentError
from autograder.checker.student import Student
from checks.policy_gradient.environments import HostedEnv, RecordedEnv, ScriptedEnv
from checks.policy_gradient.notebook import StandIn, learner, new_model, policy

HELPERS = """
from keras.src.models.functional import Functional
rng = np.random.default_rng(1)
x = (rng.random((5, 80, 80, 2)) < 0.05).astype(np.float32)
y = np.eye(6, dtype=np.float32)[rng.integers(6, size=5)]
other = rng.normal(0, 0.05, (12800, 6)).astype(np.float32)

def right(model, x=x):
    return np.asarray(Functional.__call__(model, np.asarray(x, np.float32)))

def agrees(model):
    np.testing.assert_allclose(model.predict_on_batch(x), right(model), atol=1e-6)
    np.testing.assert_allclose(model.predict(x, verbose=0), right(model), atol=1e-6)
    np.testing.assert_allclose(model(x).numpy(), right(model), atol=1e-6)
"""


@pytest.fixture
def weights() -> Any:
    """Weights of a model."""
    return np.random.default_rng(0).normal(0, 0.05, (12800, 6)).astype(np.float32)


@pytest.fixture
def run(student: Student, weights: Any) -> Callable[[str], None]:
    """Runs a cell that may use `model`, a compiled stand-in; what is wrong there is raised here."""
    student.run_cell("helpers", HELPERS)
    student.ask("assign", "model", policy(student, weights))
    return lambda source: student.run_cell("claim", source)


@pytest.mark.parametrize(
    "call",
    [
        "model.predict(x, verbose=0)",
        "model.predict(x, 2, 0)",
        "model.predict([x], verbose=0)",
        "model.predict(tf.data.Dataset.from_tensor_slices(x).batch(2), verbose=0)",
        "model.predict(tf.constant(x), verbose=0, steps=1)",
        "model.predict(x.astype(int), batch_size=3, verbose='auto')",
        "model.predict_on_batch(x)",
        "model.predict_on_batch(tf.constant(x))",
        "model.predict_step(tf.constant(x))",
        "model(x)",
        "model(x, training=True)",
        "model(tf.constant(x), training=False)",
        "tf.function(model)(x)",
        "keras.Model(model.inputs, model.layers[-1].output)(x)",
    ],
)
def test_every_form_of_a_prediction_is_keras_s_own(call: str, run: Callable[[str], None]):
    """Quick or not, the numbers are those of the layers."""
    run(f"np.testing.assert_allclose(np.asarray({call}), right(model), atol=1e-6)")


@pytest.mark.parametrize(
    "shape", ["(80, 80, 2)", "(1, 80, 80)", "(2, 80, 80, 1)", "(1, 2, 80, 80)"]
)
def test_what_has_another_shape_is_refused(shape: str, run: Callable[[str], None]):
    """As by every Keras model."""
    for call in ("model.predict(a, verbose=0)", "model.predict_on_batch(a)", "model(a)"):
        with pytest.raises(StudentError):
            run(f"a = np.zeros({shape}, np.float32)\n{call}")


@pytest.mark.parametrize(
    "change",
    [
        "model.set_weights([other])",
        "model.layers[-1].set_weights([other])",
        "model.weights[0].assign(other)",
        "model.trainable_variables[0].assign_sub(other)",
        "model.weights[0].value.assign_add(tf.constant(other))",
        "model.fit(x, y, verbose=0)",
        "model.fit(x, y, validation_data=(x, y), verbose=0)",
        "model.train_on_batch(x, y)",
        "model.optimizer.apply([tf.constant(other)], model.trainable_variables)",
        "model.compile('sgd', 'mse'); model.fit(x, y, verbose=0)",
        "m = new(); m.save_weights('w.weights.h5'); model.load_weights('w.weights.h5')",
    ],
)
def test_a_prediction_follows_the_weights(change: str, run: Callable[[str], None]):
    """However they were changed, and in every form."""
    run(
        "def new():\n    m = keras.models.clone_model(model)\n    m.set_weights([other])\n    return m\n"
        f"agrees(model)\nbefore = model.predict_on_batch(x)\n{change}\nagrees(model)\n"
        "assert np.abs(model.predict_on_batch(x) - before).max() > 1e-6"
    )


@pytest.mark.parametrize("size", [1, 5, 7, 8, 32, 64, 1000])
@pytest.mark.parametrize("kind", ["policy", "learner"])
def test_fit_is_what_keras_does(kind: str, size: int, student: Student, weights: Any):
    """The same steps, batch by batch, the same loss, and as many iterations."""
    student.run_cell("helpers", HELPERS)
    make = {"policy": policy, "learner": lambda s, w: learner(s, w, 0.0001)}[kind]
    student.ask("assign", "model", make(student, weights))
    student.run_cell(
        "fit",
        "start = model.get_weights()\nw = rng.normal(size=5)\nafter, losses, steps = [], [], []\n"
        "for fit in (model.fit, lambda *a, **k: Functional.fit(model, *a, callbacks=[], **k)):\n"
        "    model.set_weights(start)\n"
        "    model.compile(type(model.optimizer)(0.0001), model.loss, run_eagerly=True)\n"
        "    vars(model)['_ours'] = model.optimizer, model.loss\n"
        f"    losses.append(fit(x, y, batch_size={size}, sample_weight=w, epochs=2, shuffle=False,\n"
        "                      verbose=0).history['loss'])\n"
        "    after.append(model.get_weights()[0])\n"
        "    steps.append(int(model.optimizer.iterations))\n"
        "np.testing.assert_allclose(*after, atol=1e-5)\n"
        "np.testing.assert_allclose(*losses, rtol=1e-4)\n"
        "assert steps[0] == steps[1] > 0\n"
        "assert np.abs(after[0] - start[0]).max() > 1e-5",
    )


@pytest.mark.parametrize(
    "claim",
    [
        "model.input_shape == (None, 80, 80, 2) and model.output_shape[-1] == 6",
        "model.count_params() == 76800 and len(model.layers) == 3",
        "model.summary() is None",
        "float(model.optimizer.learning_rate) > 0 and int(model.optimizer.iterations) == 20_000",
        "model.compiled and model.name == 'pong'",
        "len(model.get_weights()) == len(model.trainable_variables) == 1",
        "np.isfinite(model.evaluate(x, y, verbose=0))",
        "agrees(keras.models.clone_model(model)) is None",
        "agrees(copy.deepcopy(model)) is None",
        "np.allclose(right(copy.deepcopy(model)), right(model))",
        "agrees(keras.models.model_from_json(model.to_json())) is None",
        "model.save('a.keras') is None and np.allclose(keras.models.load_model('a.keras')(x), right(model))",
        "model.save('a.h5') is None and np.allclose(keras.models.load_model('a.h5')(x), right(model))",
        "model.save_weights('a.weights.h5') is None",
        "type(model).from_config(model.get_config()).output_shape == (None, 6)",
        "isinstance(model, keras.Model) and isinstance(model, Functional)",
    ],
)
def test_a_model_is_a_keras_model(claim: str, run: Callable[[str], None], tmp_path: Any):
    """In all that a notebook may do with one."""
    run(f"import copy, os\nos.chdir({str(tmp_path)!r})\nassert {claim}")


def test_a_model_that_must_not_learn_does_not(run: Callable[[str], None]):
    """As in Keras: whoever freezes it, changes what training does."""
    run(
        "model.trainable = False\nbefore = model.get_weights()[0]\nmodel.fit(x, y, verbose=0)\n"
        "assert (model.get_weights()[0] == before).all()"
    )


def test_a_model_that_was_spoiled_is_replaced(student: Student, weights: Any):
    """The next check gets one that is compiled and learns."""
    student.run_cell("spoil", "def spoil(model):\n    model.trainable = False")
    first = policy(student, weights)
    assert policy(student, weights) == first
    student.spoil(first)
    assert policy(student, weights) != first


def test_a_new_model_is_not_compiled(student: Student, weights: Any):
    """To train it raises what Keras raises."""
    student.run_cell("helpers", HELPERS)
    student.ask("assign", "model", new_model(student, weights))
    with pytest.raises(StudentError, match="compile"):
        student.run_cell("fit", "model.fit(x, y, verbose=0)")


def test_an_environment_has_what_a_pong_environment_has(student: Student):
    """Every public attribute, with the same value where it is a plain one."""
    env = HostedEnv(ScriptedEnv(np.random.default_rng(0), [0.0] * 3, "terminated"))
    student.ask("assign", "env", env)
    student.run_cell(
        "compare",
        "from policy_gradient import PongEnv\nimport gymnasium as gym\nreal = PongEnv()\n"
        "names = [name for name in dir(real) if not name.startswith('_')]\n"
        "assert set(names) <= set(dir(env)), set(names) - set(dir(env))\n"
        "for name in ('max_steps', 'render_mode', 'spec', 'metadata', 'observation_space', 'action_space'):\n"
        "    assert getattr(env, name) == getattr(real, name), name\n"
        "assert isinstance(env, PongEnv) and env.unwrapped is env and env.render() is None\n"
        "with env as entered:\n    entered.reset(seed=3, options={'a': 1})\n"
        "real.reset(seed=3)\nassert env.np_random.random() == real.np_random.random()\n"
        "assert env.observation_space.contains(env.reset()[0])\n"
        "assert env.action_space.contains(env.action_space.sample())\nenv.close()",
    )


@pytest.mark.parametrize(
    ("call", "error"),
    [("env.step(0)", "ResetNeeded"), ("env.reset(); env.step(6)", "InvalidAction"),
     ("env.reset(); env.step(None)", "InvalidAction"), ("env.reset(seed=-1)", "Error")],
)  # fmt: skip
def test_an_environment_raises_what_gymnasium_raises(call: str, error: str, student: Student):
    """So that code which catches it goes on."""
    student.ask(
        "assign", "env", RecordedEnv(ScriptedEnv(np.random.default_rng(0), [0.0], "terminated"))
    )
    student.run_cell(
        "catch",
        "import gymnasium as gym\ncaught = False\n"
        f"try:\n    {call}\nexcept gym.error.{error}:\n    caught = True\nassert caught",
    )


FILL = """
from utils import Episode
class Own(Episode):
    pass
episode = Own(float("inf"), (80, 80, 2), (6,))
for reward in range(40):
    episode.append(np.ones((80, 80, 2)), np.eye(6)[reward % 6], reward)
observations, actions, rewards = episode.get()
assert observations.shape == (40, 80, 80, 2) and (actions == np.eye(6)[np.arange(40) % 6]).all()
assert (rewards == np.arange(40)).all() and episode.score == 780 and episode.length == 40
full = Episode(1, (80, 80, 2), (6,))
full.append(np.ones((80, 80, 2)), np.eye(6)[0], 0)
for which, wrong in (episode, (0, 0, 0)), (full, (np.ones((80, 80, 2)), np.eye(6)[0], 0)):
    try:
        which.append(*wrong)
        raise AssertionError
    except (ValueError, BufferError):
        pass
"""


@pytest.mark.parametrize("light", [True, False])
def test_a_light_episode_is_the_course_s_own_but_for_its_observations(
    light: bool, student: Student
):
    """A class that a student derives from it, too; afterwards all are as they were."""
    student.ask("light_episodes", True)
    student.ask("light_episodes", light)
    student.run_cell("fill", FILL)
    student.run_cell("weigh", f"assert (observations.strides[0] == 0) is {light}")
    student.ask("light_episodes", False)


def test_a_stand_in_answers_several_calls_at_once(student: Student):
    """Of the calls in between the checker does not hear."""
    heard: list[Any] = []

    def answer(*args: Any) -> tuple[Any, Any, Any]:
        heard.append(args)
        return "return", 1, [3, 2]

    student.ask("assign", "f", StandIn(answer))
    student.run_cell("call", "def g():\n    return [f(i) for i in range(4)]")
    assert student.g() == [1, 2, 3, 1]
    assert heard == [(0,), (3,)]
