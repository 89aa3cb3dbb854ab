"""Stand-ins with which the visible checks try your code: small models that answer at once."""

import random
from pathlib import Path

import keras
import numpy as np

SHAPE = (80, 80, 2)
TRAINED = Path(__file__).parent.parent / "trained" / "pong.h5"
ROWS = np.arange(2, 72, 12)  # where the left paddle may begin: the player below knows six places
PADDLE, LEFT, RIGHT = 8, 8, 70  # pixels: a paddle's height, the columns of the two paddles


def screen(place, other, ball=None):
    """Return a frame as Pong shows it: two paddles, and the ball where there is one.

    Args:
        place: which of the six ROWS the left paddle has.
        other: row of the right paddle.
        ball: (row, column) or None.
    """
    frame = np.zeros(SHAPE[:2], np.float32)
    frame[ROWS[place] : ROWS[place] + PADDLE, LEFT] = 1
    frame[other : other + PADDLE, RIGHT : RIGHT + 2] = 1
    if ball is not None:
        frame[ball] = 1
    return frame


class Player(keras.Model):
    """A network as deep as yours whose policy depends on where the left paddle is, and on nothing else.

    A NumPy array is answered without running the layers, which say the same.
    """

    known = None  # what it answers from; a clone of it has to run the layers

    def play(self, policies):
        """Have it predict the first of six policies for the first place of the left paddle, and so on."""
        places = np.zeros((*SHAPE[:2], 6), np.float32)
        places[ROWS + PADDLE // 2, LEFT] = np.eye(6)
        logits = np.log(np.asarray(policies)).astype(np.float32)
        one = np.ones((1, 1, 1, 1), np.float32)
        first = np.array([1, 0], np.float32).reshape(1, 1, 2, 1)
        zeros = np.zeros(1, np.float32), np.zeros(6, np.float32)
        self.set_weights(
            [first, zeros[0], one, zeros[0], places.reshape(-1, 6), zeros[1], logits, zeros[1]]
        )
        self.known = {"logits": logits}

    def quick(self, batch):
        """Return what the layers would answer."""
        seen = np.maximum(batch[:, ROWS + PADDLE // 2, LEFT, 0], 0)
        powers = np.exp(seen.astype(np.float32) @ self.known["logits"])
        return powers / powers.sum(axis=1, keepdims=True)

    def __call__(self, inputs, *args, **kwargs):  # noqa: D102
        batch = None if kwargs.get("training") else self._batch(inputs)
        if batch is None:
            return super().__call__(inputs, *args, **kwargs)
        return keras.ops.convert_to_tensor(self.quick(batch))

    def predict_on_batch(self, x):
        """Answer as Keras does."""
        batch = self._batch(x)
        return super().predict_on_batch(x) if batch is None else self.quick(batch)

    def predict(self, x, *args, **kwargs):
        """Answer as Keras does, which is made for large data sets and would take most of a check's time."""
        batch = self._batch(x)
        return super().predict(x, *args, **kwargs) if batch is None else self.quick(batch)

    def _batch(self, inputs):
        """Return a batch of observations as a NumPy array, or None where it is something else."""
        if not isinstance(inputs, np.ndarray) and hasattr(inputs, "numpy"):
            inputs = inputs.numpy()
        usable = isinstance(inputs, np.ndarray) and inputs.shape[1:] == SHAPE
        return inputs if self.known and usable and inputs.dtype.kind in "biuf" else None


def player(policies, compiled=True):
    """Return a `Player` with these six policies."""
    inputs = outputs = keras.Input(SHAPE)
    for layer in (
        keras.layers.Conv2D(1, 1, activation="relu"),
        keras.layers.Conv2D(1, 1, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(6, activation="relu"),
        keras.layers.Dense(6, activation="softmax"),
    ):
        outputs = layer(outputs)
    model = Player(inputs, outputs)
    model.play(policies)
    if compiled:
        ready(model)
    return model


def ready(model):
    """Compile a model as the text asks for, but for the rate, and without any tracing."""
    model.compile(loss="categorical_crossentropy", optimizer="adam", run_eagerly=True)
    model.optimizer.build(model.trainable_variables)


def teach(model, rate):
    """Compile a model for plain gradient descent on the sum of the losses, without any tracing."""
    loss = keras.losses.CategoricalCrossentropy(reduction="sum")
    model.compile(loss=loss, optimizer=keras.optimizers.SGD(rate), run_eagerly=True)
    model.optimizer.build(model.trainable_variables)


def trained_agent():
    """Return the trained agent, which has the layers of the text, or None where its file is gone."""
    return keras.models.load_model(TRAINED, compile=False) if TRAINED.exists() else None


class Watch:
    """What a model is like, so that one can tell later whether somebody has changed it."""

    def __init__(self, model):
        self.model = model
        self.before = self.looks()

    def looks(self):
        """Return lists of what should stay, by what they are called."""
        model = self.model
        optimizer = getattr(model, "optimizer", None)  # an uncompiled model has no such attribute
        return {
            "weights": [np.array(weights) for weights in model.get_weights()],
            "layers that learn": [len(model.trainable_variables)],
            "optimiser": [id(optimizer), *self._of(optimizer)],
            "methods": sorted(
                name for name in vars(model) if callable(getattr(type(model), name, None))
            ),
            "activations": [id(getattr(layer, "activation", None)) for layer in model.layers],
        }

    @staticmethod
    def _of(optimizer):
        if optimizer is None:
            return []
        return [float(optimizer.learning_rate), *map(np.array, optimizer.variables)]

    def changed(self):
        """Return what of the model is not as it was, or ""."""
        for name, now in self.looks().items():
            before = self.before[name]
            if len(now) != len(before) or not all(map(np.array_equal, before, now)):
                return name
        return ""


class Chance:
    """Notices who sets the generator of random numbers to the same state again and again."""

    def __init__(self):
        self.seen = set()

    def repeats(self):
        """Tell whether the generator is where it was before, though at least one number was drawn since."""
        state = self._state()
        met = state in self.seen
        self.seen.add(state)
        return met

    @staticmethod
    def _state():
        _, keys, position, *_ = np.random.get_state()
        return hash((keys.tobytes(), position))


def seeds(call):
    """Tell whether a call leaves the same random numbers behind, whatever came before it."""
    kept, kept_too, states = np.random.get_state(), random.getstate(), []
    for _ in range(2):
        start = int.from_bytes(random.SystemRandom().randbytes(4), "little")
        np.random.seed(start), random.seed(start)
        call()
        states.append((Chance._state(), random.getstate()))
    np.random.set_state(kept), random.setstate(kept_too)
    return any(one == other for one, other in zip(*states, strict=True))
