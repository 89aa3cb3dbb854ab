"""What the notebook needs beside Pong: a buffer for an episode, a live view, kind checks."""

import ast
import inspect
import io
import os
import textwrap
import time

import numpy as np
import PIL.Image
from IPython import get_ipython
from IPython.display import HTML, Image, display

MOST_DRAWINGS = 40  # per second; more of them look no smoother


class Episode:
    """The observations, actions and rewards of one episode, in the order in which they came.

    Memory grows with what is appended: the arrays start small and double when they are full.
    """

    def __init__(self, capacity, observation_shape, action_shape):
        """Make an empty episode.

        Args:
            capacity: the most steps that it can hold.
            observation_shape: shape of one observation, for example (80, 80, 2).
            action_shape: shape of one action, for example (6,) for one-hot actions.
        """
        self.capacity = capacity
        self.length = 0
        shapes = (tuple(observation_shape), tuple(action_shape), ())
        self._arrays = [np.empty((0, *shape), np.float32) for shape in shapes]

    @property
    def score(self):
        """The sum of the rewards, a float."""
        return float(self._arrays[2][: self.length].sum())

    def append(self, observation, action, reward):
        """Store a copy of one step.

        Raises:
            BufferError: if the episode is full.
            ValueError: if one of the three does not have its shape.
        """
        if self.length == self.capacity:
            raise BufferError(f"This episode is full: its capacity is {self.capacity} steps.")
        step = {"observation": observation, "action": action, "reward": reward}
        for (name, value), array in zip(step.items(), self._arrays, strict=True):
            _check_shape(name, value, array.shape[1:])
        if self.length == len(self._arrays[0]):
            self._grow()
        for value, array in zip(step.values(), self._arrays, strict=True):
            array[self.length] = value
        self.length += 1

    def get(self):
        """Return (observations, actions, rewards), float32, for an episode of T steps.

        Their shapes are (T, *observation_shape), (T, *action_shape) and (T,). They are views:
        nothing is copied.
        """
        return tuple(array[: self.length] for array in self._arrays)

    def _grow(self):
        size = min(max(16, 2 * self.length), self.capacity)
        for i, array in enumerate(self._arrays):
            self._arrays[i] = np.empty((size, *array.shape[1:]), np.float32)
            self._arrays[i][: self.length] = array


def _check_shape(name, value, expected):
    if np.shape(value) != expected:
        raise ValueError(f"The {name} must have shape {expected}, not {np.shape(value)}.")


class Frame:
    """A picture under a cell that follows the game of `env`; see `create_frame`."""

    def __init__(self, env, speed):
        self.env = env
        self.seconds_per_step = 1 / (speed * env.metadata["render_fps"])
        self.next_step = time.monotonic() + self.seconds_per_step
        self.next_drawing = 0.0
        self.live = False
        self.handle = None
        self.screen = None

    def finish(self, result):
        """Leave the last screen as a picture; IPython calls this when a cell ends, however it does."""
        get_ipython().events.unregister("post_run_cell", self.finish)
        self.handle.update(_picture(self.screen))


def create_frame(env, speed=1.0):
    """Show the screen of `env` under the current cell; return the frame for `update_frame`.

    Args:
        env: an environment made with render_mode="rgb_array", after its `reset`.
        speed: 1.0 is the speed of the real console, for Pong 15 steps per second; 4.0 is four
            times as fast, if the computer is.

    Each screen takes the place of the one before: a saved notebook holds the last one only.

    Where nobody can watch, because nbconvert or nbgrader runs the notebook, the game is not slowed
    down, and of all its screens only the first and then the last is drawn. Outside Jupyter nothing
    is drawn. The environment variable LIVE_VIEW overrules this: with 1 every notebook shows the
    game live, with 0 none draws anything.

    Raises:
        ValueError: if `speed` is not positive.
    """
    if not speed > 0:
        raise ValueError(f"speed must be positive, not {speed}.")
    frame = Frame(env, speed)
    wish = os.environ.get("LIVE_VIEW")
    if wish != "0" and hasattr(get_ipython(), "kernel"):
        frame.live = wish == "1" or _somebody_may_watch()
        frame.handle = display(_picture(env.render()), display_id=True)
    return frame


def update_frame(frame):
    """Show the current screen in `frame`, not before its time has come.

    Call it after every step. At high speed some screens are left out, but never the last one.
    """
    if frame.handle is None:
        return
    if frame.live:
        _wait_for_next_step(frame)
    frame.screen = frame.env.render()
    get_ipython().events.register("post_run_cell", frame.finish)  # no more than once
    if frame.live and time.monotonic() >= frame.next_drawing:
        frame.next_drawing = time.monotonic() + 1 / MOST_DRAWINGS
        frame.handle.update(_drawing(frame.screen))


def _wait_for_next_step(frame):
    time.sleep(max(0.0, frame.next_step - time.monotonic()))
    # A slow step is not caught up on: the game would jump.
    earliest = time.monotonic() - frame.seconds_per_step
    frame.next_step = max(frame.next_step, earliest) + frame.seconds_per_step


def _somebody_may_watch():
    # Whoever has a cell run says whether somebody could answer its `input()`: the field
    # `allow_stdin` of an execute_request (Jupyter's documentation, "Messaging in Jupyter").
    return get_ipython().get_parent()["content"].get("allow_stdin", False)


def _drawing(screen):
    """Return the screen as rectangles, which every browser draws at once.

    A picture would have to be decoded first; Firefox shows nothing meanwhile, and that flickers.
    """
    height, width, _ = screen.shape
    colours = screen @ np.array([0x10000, 0x100, 1])  # as in #rrggbb
    rectangles = [
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="#{colours[y, x]:06x}"/>'
        for y, h in _runs(colours)
        for x, w in _runs(colours[y])
    ]
    return HTML(
        f'<svg role="img" aria-label="the game" width="{2 * width}" height="{2 * height}" '
        f'viewBox="0 0 {width} {height}" shape-rendering="crispEdges" style="display: block">'
        f"{''.join(rectangles)}</svg>"
    )


def _runs(values):
    """Return (start, length) of each run of equal numbers, or of equal rows."""
    rows = values.reshape(len(values), -1)
    changes = np.flatnonzero((rows[1:] != rows[:-1]).any(axis=1)) + 1
    starts = [0, *changes.tolist()]
    return zip(starts, np.diff([*starts, len(rows)]).tolist(), strict=True)


def _picture(screen):
    """Return the screen as a picture, which notebooks may keep and show without being trusted."""
    png = io.BytesIO()
    image = PIL.Image.fromarray(screen)
    # Enlarged here, since browsers blur what they enlarge.
    image = image.resize((2 * image.width, 2 * image.height), PIL.Image.Resampling.NEAREST)
    image.save(png, format="png")
    return Image(png.getvalue(), format="png", width=image.width, height=image.height)


class Check:
    """Check an exercise: `with Check(...)` turns what goes wrong for a `...` into one sentence."""

    def __init__(self, name, namespace, needs=()):
        """Look whether all functions are there.

        Args:
            name: the function that the student writes.
            namespace: the notebook's `globals()`.
            needs: names of the functions of other exercises that the check calls.

        Raises:
            AssertionError: if one of the functions is not defined.
        """
        self.functions = {each: namespace.get(each) for each in (*needs, name)}
        for each, function in self.functions.items():
            if not callable(function):
                raise AssertionError(
                    f"{each} is not defined yet: fill in what is missing in its cell and run it, "
                    "then run this cell again."
                )

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        """Raise AssertionError for what failed while a `...` is left; let the rest pass through."""
        if not isinstance(error, Exception):
            return
        for each, function in self.functions.items():
            if _has_placeholder(function):
                raise AssertionError(
                    f"{each} is still waiting for you: replace every `...` in its cell, run it, "
                    "then run this cell again."
                ) from None


def _has_placeholder(function):
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return False
    return any(
        isinstance(value := getattr(node, "value", None), ast.Constant) and value.value is ...
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return)
    )
