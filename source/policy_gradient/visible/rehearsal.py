"""Stand-ins with which the visible checks try your code: a small model, a game, a loop in miniature."""

import gymnasium
import keras
import numpy as np
from utils import Episode

SHAPE = (80, 80, 2)
ROUNDS = 3


def small_model(weights, rate=None):
    """Return a model of one dense softmax layer over the pixels.

    Args:
        weights: of shape (12800, 6).
        rate: the learning rate of plain gradient descent, on the sum of the losses; None leaves the model
            without a loss.
    """
    dense = keras.layers.Dense(6, "softmax", use_bias=False)
    model = keras.Sequential([keras.Input(SHAPE), keras.layers.Flatten(), dense])
    model.set_weights([weights])
    slow = model.predict  # made for large data sets: it would take most of a check's time

    def predict(x, *args, **kwargs):
        return model.predict_on_batch(x) if type(x) is np.ndarray else slow(x, *args, **kwargs)

    model.predict = predict
    if rate is not None:
        loss = keras.losses.CategoricalCrossentropy(reduction="sum")
        model.compile(loss=loss, optimizer=keras.optimizers.SGD(rate), run_eagerly=True)
    return model


def is_integer(value):
    """Tell whether a value is one integer, of Python's or of NumPy's."""
    return np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iu"


class Game(gymnasium.Env):
    """A game of so many steps, with random observations and rewards, that notes what is done.

    `ending` is "terminated" or "truncated".
    """

    def __init__(self, steps, ending):
        self.observation_space = gymnasium.spaces.Box(0.0, 1.0, SHAPE, np.float32)
        self.action_space = gymnasium.spaces.Discrete(6)
        self.max_steps, self.render_mode = steps if ending == "truncated" else 2000, None
        self.observations = (np.random.random((steps + 1, *SHAPE)) < 0.05).astype(np.float32)
        self.rewards = np.random.permutation(np.arange(steps) - 3.0)
        self.sure = np.random.randint(
            6, size=steps + 1
        )  # the policy's only action for each observation
        self.ending, self.actions, self.resets = ending, [], 0
        self.answers = []  # of select_action, since the last step
        self.strange = ""

    def reset(self, *, seed=None, options=None):
        """Begin; return (observation, info)."""
        self.resets += 1
        self.actions.clear()
        return self.observations[0].copy(), {}

    def step(self, action):
        """Play an action; return (observation, reward, terminated, truncated, info)."""
        assert self.resets, "env.step was called before env.reset."
        assert len(self.actions) < len(self.rewards), (
            f"env.step was called again after the step with which the game was {self.ending}. An episode is "
            "over when it is terminated, and also when it is truncated."
        )
        assert is_integer(action), f"env.step wants the action as one integer, not {action!r}."
        chosen = self.answers or [self.sure[len(self.actions)]]  # some ask the model themselves
        if int(action) not in chosen:
            self.strange = (
                "An action was played that select_action did not choose for the newest observation."
            )
        self.answers = []
        self.actions.append(int(action))
        t = len(self.actions)
        over = t == len(self.rewards)
        ends = over and self.ending == "terminated", over and self.ending == "truncated"
        return self.observations[t].copy(), float(self.rewards[t - 1]), *ends, {}


class Rehearsal:
    """While it lasts, a game hears what select_action of a notebook is asked and what it answers."""

    def __init__(self, names, game):
        self.names, self.game, self.own = names, game, names["select_action"]

    def __enter__(self):
        flat = self.game.observations.reshape(len(self.game.sure), -1)
        self.model = small_model(0.2 * (flat - 0.05).T @ np.eye(6)[self.game.sure])
        self.names["select_action"] = self.answer
        return self.model

    def __exit__(self, *problem):
        self.names["select_action"] = self.own

    def answer(self, model=None, observation=None, *args, **kwargs):
        """Answer as select_action does, and note what it was asked about."""
        game = self.game
        current = game.observations[len(game.actions)]
        if model is not self.model:
            game.strange = (
                "select_action should get the model that run_episode has, and the observation."
            )
        elif observation is None or not np.array_equal(np.ravel(observation), current.ravel()):
            game.strange = "select_action was asked about another observation than the newest one."
        answer = self.own(model, observation, *args, **kwargs)
        game.answers.append(int(getattr(answer, "value", answer)))
        return answer


class _Model:
    """Stands in for a model: whatever is called of it does nothing."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: None


def the_loop(names):
    """Run the cell of the training loop for a few rounds with nothing behind it; return what is wrong.

    Nothing of the notebook is changed. Where the cell cannot be found, nothing is wrong.
    """
    history = [
        source for source in names.get("In", []) if "scores" in source and "train(" in source
    ]
    cells = [source for source in history if "for " in source and "run_episode(" in source]
    if not cells:
        return ""
    calls, model, gamma, played = [], _Model(), 0.123, []

    def play(env=None, model=None):
        episode = Episode(1, SHAPE, (6,))
        episode.append(np.zeros(SHAPE), np.zeros(6), float(len(played)))
        played.append(episode)
        calls.append(("run_episode", model, None, None))
        return episode

    def learn(model=None, episode=None, gamma=None):
        calls.append(("train", model, episode, gamma))

    copied = dict(names) | {
        "run_episode": play, "train": learn, "model": model, "gamma": gamma, "nr_episodes": ROUNDS,
        "build_model": _Model, "compile_model": lambda *args: None, "print": lambda *args, **kwargs: None,
    }  # fmt: skip
    source = "\n".join(line for line in cells[-1].split("\n") if not line.lstrip().startswith("%"))
    try:
        exec(compile(source, "the training loop", "exec"), copied)
        gammas = [value for value in copied.values() if type(value) is float]
        return _problem(calls, gammas, played, copied.get("scores"))
    except Exception:
        return ""  # it does something of its own, which a rehearsal cannot follow


def _problem(calls, gammas, played, scores):
    """Return what is wrong with the calls of a loop, if anything is."""
    rounds = len(played)
    if [call[0] for call in calls] != ["run_episode", "train"] * rounds:
        return "The loop should play an episode, train on it, play the next one, train on that, and so on."
    if len({id(call[1]) for call in calls}) > 1:
        return (
            "One and the same model should play and be trained in all episodes: is it built once?"
        )
    if any(call[2] is not episode for call, episode in zip(calls[1::2], played, strict=True)):
        return "The model should be trained on the episode that was just played."
    if any(call[3] not in gammas for call in calls[1::2]):
        return "train should be given the gamma that is set among the hyperparameters."
    if isinstance(scores, list) and scores[-rounds:] != [episode.score for episode in played]:
        return "scores should hold the score of each episode, in their order."
    return ""
