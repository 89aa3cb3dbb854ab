"""What the visible checks look at in the training loop: it is run again, with nothing but notes behind it."""

import inspect
import tempfile
import time
from contextlib import chdir, contextmanager
from unittest import mock

import keras
import numpy as np
from IPython.utils.capture import capture_output
from utils import Episode

from visible.stand_ins import SHAPE, Chance, Watch, ready

ROUNDS = 32
SECONDS = 0.4
LONG = 1900  # steps of some games


def see_loop(names):
    """What the loop did, and, with short games in place of real ones, how it does it."""
    scores = names.get("scores", [])
    assert names.get("model", names) is not None, (
        "`model` is None: train returns nothing, so nothing should be kept of it. Mend that line, run the "
        "cell above the loop again, which makes the model, and then the loop."
    )
    assert np.size(scores) > 0, _nothing_yet(names)
    steps = getattr(getattr(names.get("model"), "optimizer", None), "iterations", 0)
    assert int(steps) > 0, (
        "Episodes were played, but the model has not been trained on them. "
        "Does the loop call train with the model?"
    )
    rehearse(names)
    count = "1 episode was" if len(scores) == 1 else f"{len(scores)} episodes were"
    return f"{count} played, the best with a score of {max(scores):.0f}."


def _nothing_yet(names):
    """Return what to do where no episode has been played and trained on."""
    if cell_of_the_loop(names):
        return (
            "The loop was run, but has not come to the end of its first episode. If it stopped with an "
            "error, that stands below its cell: mend what it names, run the loop again, then this cell."
        )
    return (
        "The training loop is still waiting for you: fill in what is missing in the cell above, run it for a "
        "few episodes, then run this cell again."
    )


class _Enough(BaseException):
    """What was heard of the loop is enough."""


class Notes:
    """Stands in for run_episode and train, and raises AssertionError where the loop does something odd."""

    def __init__(self, names):
        self.names = names
        self.started, self.chance = None, Chance()
        self.played, self.watch, self.model, self.trained = [], None, None, True
        self.states, self.gammas = [], []

    def run_episode(self, env=None, model=None):
        """Play nothing; return an episode."""
        self._same_model(model)
        assert self.trained, (
            "The loop should play an episode, train on it, play the next one, train on that, and so on."
        )
        self.started = self.started or time.process_time()
        if len(self.played) >= ROUNDS or time.process_time() - self.started > SECONDS:
            raise _Enough
        limit, found = (getattr(each, "max_steps", None) for each in (self.names.get("env"), env))
        assert found is None or limit is None or found >= min(limit, 500), (
            f"The loop plays in an environment that ends each game after {found} steps."
        )
        np.random.random()
        assert not self.chance.repeats(), (
            "The loop sets the seed of the random numbers in every round, so that each game is drawn alike."
        )
        self.trained = False
        self.played.append(_episode(len(self.played)))
        return self.played[-1]

    def train(self, model=None, episode=None, gamma=None):
        """Learn nothing in particular."""
        assert self.played, "The loop should play an episode before it trains on one."
        self._same_model(model)
        assert not self.trained, (
            "The loop should train once on each episode, and then play the next one."
        )
        last = self.played[-1]
        assert episode is last, "The model should be trained on the episode that was just played."
        assert np.array_equal(episode.get()[2], _rewards(len(self.played) - 1)), (
            "The rewards of an episode were changed before the model was trained on it."
        )
        self.gammas.append(gamma)
        self.trained = True
        if self.watch is not None:
            model.set_weights([weights + 0.001 for weights in model.get_weights()])
            for variable in model.optimizer.variables:
                if variable is not model.optimizer.learning_rate:
                    variable.assign(variable + 1)
            self.states.append(model.get_weights()[0])
            self.watch = Watch(model)

    def _same_model(self, model):
        """One model plays and is trained, and is left alone in between."""
        if self.model is None:
            self.model = model
            if isinstance(model, keras.Model) and model.optimizer is not None:
                self.states = [model.get_weights()[0]]
                self.watch, self.loss, self.lost = Watch(model), _loss(model), model.loss
        assert model is self.model, (
            "One and the same model should play and be trained in all episodes: is it built once?"
        )
        if self.watch is None:
            return
        changed = self.watch.changed()
        assert not changed, (
            f"Between two calls of run_episode and train the model's {changed} changed: what it has learned "
            "would be lost, or it would learn otherwise from there on. Only train should change the model."
        )
        if model.loss is not self.lost:
            self.lost = model.loss
            assert abs(_loss(model) - self.loss) < 1e-6, "The loop gives the model another loss."

    def at_the_end(self, names, wanted):
        """Look at what the loop leaves behind: the trained model, and a score for each episode."""
        assert len(self.played) >= wanted, (
            f"For {wanted} episodes the loop played {len(self.played)}. Does it play all that are asked for?"
        )
        assert self.trained, "The loop should train on each episode, the last one too."
        if self.watch is not None and names.get("model") is not None:
            learned = self.states[1:]
            same = (np.array_equal(names["model"].get_weights()[0], each) for each in learned)
            assert any(same), (
                "After the loop, the model has weights that it never had after a training. What it has "
                "learned should stay."
            )
        self.right_gamma(names)
        scores, own = names.get("scores"), [episode.score for episode in self.played]
        if isinstance(scores, list):
            assert scores[-len(own) :] == own, (
                "scores should hold the score of each episode, in their order."
            )

    def right_gamma(self, names):
        """All trainings had the gamma of the hyperparameters."""
        gammas = [value for value in names.values() if type(value) is float]
        right = all(gamma in gammas for gamma in self.gammas) and len(set(self.gammas)) < 2
        assert right, (
            "train should be given the gamma that is set among the hyperparameters, each time."
        )


def _rewards(number):
    """Return the rewards of an episode: some are lost to nil, all are lost."""
    rewards = np.zeros(LONG if number % 4 == 3 else 24, np.float32)
    rewards[:21] = -1
    rewards[21] = number % 3
    return rewards


def _episode(number):
    """Return an episode with these rewards; one array of zeros serves for all that is seen in it."""
    rewards = _rewards(number)
    episode = Episode(len(rewards), SHAPE, (6,))
    shapes = (len(rewards), *SHAPE), (len(rewards), 6)
    episode._arrays = [*(np.broadcast_to(np.float32(0), shape) for shape in shapes), rewards]
    episode.length = len(rewards)
    return episode


def _loss(model):
    """Return the loss of one prediction."""
    label, probabilities = np.eye(6)[[1]], np.array([[0.4, 0.2, 0.1, 0.1, 0.1, 0.1]], np.float32)
    return float(model.compute_loss(None, label, probabilities, np.array([1.0])))


def rehearse(names):
    """Run the cell of the training loop with stand-ins behind it; raise AssertionError for what is wrong.

    Nothing of the notebook is changed, nothing is shown, and files are written elsewhere. Where the cell
    cannot be found, or does something of its own that stand-ins cannot follow, nothing is wrong.
    """
    source = cell_of_the_loop(names)
    if not source:
        return
    notes = Notes(names)
    copied = _stand_ins(names, notes, source)
    finished = False
    try:
        with elsewhere(), capture_output(), mock.patch("time.sleep"):
            exec(compile(source, "the training loop", "exec"), copied)
        finished = True
    except AssertionError:
        raise
    except _Enough:
        notes.right_gamma(copied)
    except Exception:
        return
    if finished and notes.played:
        few = "nr_episodes" not in source or copied.get("nr_episodes") != ROUNDS
        notes.at_the_end(copied, 1 if few else ROUNDS)


def cell_of_the_loop(names):
    """Return the loop's cell as it was run last, without magics, or ""."""
    history = [each for each in names.get("In", []) if "scores" in each and "train(" in each]
    cells = [each for each in history if _loops(each)]
    lines = cells[-1].split("\n") if cells else []
    return "\n".join(line for line in lines if not line.lstrip().startswith("%"))


def _loops(source):
    return ("for " in source or "while " in source) and "run_episode(" in source


def _stand_ins(names, notes, source):
    """Return the notebook's names, with stand-ins for models, games and all that takes its time."""
    made = {}

    def build(*args, **kwargs):
        layers = keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(6, "softmax")
        model = keras.Sequential([keras.Input(SHAPE), *layers])
        ready(model)
        return model

    def compiles(model, *args, **kwargs):
        ready(model)

    copied = {
        name: value.copy()
        if type(value) in (list, dict, set) and name not in ("In", "Out")
        else value
        for name, value in names.items()
    }
    for name, value in names.items():
        if isinstance(value, keras.Model) and name in source:
            copied[name] = made.setdefault(id(value), build())
    return copied | {
        "run_episode": _like(names.get("run_episode"), notes.run_episode),
        "train": _like(names.get("train"), notes.train),
        "build_model": build, "compile_model": compiles, "evaluate": lambda *args, **kwargs: -21.0,
        "gamma": 0.123, "nr_episodes": ROUNDS,
    }  # fmt: skip


def _like(function, stand_in):
    """Return a stand-in that takes its arguments as a function of the notebook does, whatever their names."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return stand_in
    most = len(inspect.signature(stand_in).parameters)

    def called(*args, **kwargs):
        return stand_in(*[*signature.bind(*args, **kwargs).arguments.values()][:most])

    return called


@contextmanager
def elsewhere():
    """Be in an empty folder for a while."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        yield
