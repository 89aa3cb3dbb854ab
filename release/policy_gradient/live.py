"""What moves under a cell: the game while somebody plays, the learning curve while somebody learns."""

import io
import os
import time

import numpy as np
import PIL.Image
from IPython import get_ipython
from IPython.display import HTML, Image, display

MOST_DRAWINGS = 40  # per second; more of them look no smoother
ACTIONS = ("NOOP", "FIRE", "RIGHT", "LEFT", "RIGHTFIRE", "LEFTFIRE")
SMOOTH = 25  # episodes that a moving average is taken over


class Frame:
    """A picture under a cell that follows the game of `env`; see `create_frame`."""

    def __init__(self, env, speed, keep):
        self.env = env
        self.screens = [] if keep else None  # of the game so far, for `save_gif`
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


def create_frame(env, speed=1.0, keep=False):
    """Show the screen of `env` under the current cell; return the frame for `update_frame`.

    Args:
        env: an environment made with render_mode="rgb_array", after its `reset`.
        speed: 1.0 is the speed of the real console, for Pong 15 steps per second; 4.0 is four
            times as fast, if the computer is.
        keep: whether to keep all screens of the game, for `save_gif`.

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
    frame = Frame(env, speed, keep)
    if _is_shown():
        frame.live = _is_live()
        frame.handle = display(_picture(env.render()), display_id=True)
    return frame


def update_frame(frame, probabilities=None):
    """Show the current screen in `frame`, not before its time has come.

    Call it after every step. At high speed some screens are left out, but never the last one. With the
    six `probabilities` that the policy gave the actions, bars beside the game show them.
    """
    if frame.screens is not None:
        screen = PIL.Image.fromarray(frame.env.render())
        frame.screens.append(screen.quantize(16))  # a third of its size; the game has fewer colours
    if frame.handle is None:
        return
    if frame.live:
        _wait_for_next_step(frame)
    frame.screen = frame.env.render()
    get_ipython().events.register("post_run_cell", frame.finish)  # no more than once
    if frame.live and time.monotonic() >= frame.next_drawing:
        frame.next_drawing = time.monotonic() + 1 / MOST_DRAWINGS
        frame.handle.update(_drawing(frame.screen, probabilities))


def save_gif(frame, file):
    """Write the game that `frame` has kept (see `create_frame`) as a moving picture, at the game's own speed.

    Raises:
        ValueError: if it has kept none.
    """
    if not frame.screens:
        raise ValueError(
            "This frame has kept no screens: make it with create_frame(env, keep=True)."
        )
    first, *others = map(_enlarged, frame.screens)
    milliseconds = 1000 / frame.env.metadata["render_fps"]
    first.save(file, save_all=True, append_images=others, duration=milliseconds, loop=0)


def _wait_for_next_step(frame):
    time.sleep(max(0.0, frame.next_step - time.monotonic()))
    # A slow step is not caught up on: the game would jump.
    earliest = time.monotonic() - frame.seconds_per_step
    frame.next_step = max(frame.next_step, earliest) + frame.seconds_per_step


def _is_shown():
    """Tell whether anything is drawn here: in Jupyter, unless LIVE_VIEW is 0."""
    return os.environ.get("LIVE_VIEW") != "0" and hasattr(get_ipython(), "kernel")


def _is_live():
    # Whoever has a cell run says whether somebody could answer its `input()`: the field
    # `allow_stdin` of an execute_request (Jupyter's documentation, "Messaging in Jupyter").
    may_watch = get_ipython().get_parent()["content"].get("allow_stdin", False)
    return os.environ.get("LIVE_VIEW") == "1" or may_watch


def _drawing(screen, probabilities=None):
    """Return the screen as rectangles, which every browser draws at once, and bars beside it.

    A picture would have to be decoded first; Firefox shows nothing meanwhile, and that flickers.
    """
    height, width, _ = screen.shape
    colours = screen @ np.array([0x10000, 0x100, 1])  # as in #rrggbb
    rectangles = [
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="#{colours[y, x]:06x}"/>'
        for y, h in _runs(colours)
        for x, w in _runs(colours[y])
    ]
    game = (
        f'<svg role="img" aria-label="the game" width="{2 * width}" height="{2 * height}" '
        f'viewBox="0 0 {width} {height}" shape-rendering="crispEdges" style="display: block">'
        f"{''.join(rectangles)}</svg>"
    )
    bars = "" if probabilities is None else "".join(_bars(probabilities))
    return HTML(f'<div style="display: flex; gap: 24px">{game}<div>{bars}</div></div>')


def _bars(probabilities):
    """Return a bar for the probability of each action."""
    for name, probability in zip(ACTIONS, probabilities, strict=True):
        yield (
            f'<div style="margin-top: 20px">{name} {probability:.2f}</div>'
            f'<div style="width: 150px; height: 12px; background: #88888840">'
            f'<div style="width: {100 * probability:.1f}%; height: 12px; background: #4c9f50"></div></div>'
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
    image = _enlarged(PIL.Image.fromarray(screen))
    image.save(png, format="png")
    return Image(png.getvalue(), format="png", width=image.width, height=image.height)


def _enlarged(image):
    # Enlarged here, since browsers blur what they enlarge.
    return image.resize((2 * image.width, 2 * image.height), PIL.Image.Resampling.NEAREST)


class Curve:
    """A learning curve under a cell; see `create_curve`."""

    def __init__(self, nr_episodes):
        self.nr_episodes = nr_episodes
        self.start = time.monotonic()
        self.handle = None


def create_curve(nr_episodes):
    """Make room for a learning curve under the current cell; return it for `update_curve`.

    Where nobody can watch there is none, and `update_curve` prints a line for each episode in its place.
    """
    curve = Curve(nr_episodes)
    if _is_shown() and _is_live():
        curve.handle = display({"text/plain": "The first episode ..."}, raw=True, display_id=True)
    return curve


def update_curve(curve, scores, line):
    """Draw the scores of all episodes so far, their moving average, how long the rest will take, and `line`.

    Call it after every episode.
    """
    if curve.handle is None:
        print(line)
        return
    left = (curve.nr_episodes - len(scores)) * (time.monotonic() - curve.start) / len(scores)
    line += f", about {_duration(left)} left" if left else ""
    drawn = f"{_curve(scores, curve.nr_episodes)}<div>{line}</div>"
    curve.handle.update({"text/html": drawn, "text/plain": line}, raw=True)


def _duration(seconds):
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _curve(scores, nr_episodes):
    """Return the scores as dots, and the mean of the last SMOOTH at each episode as a line."""
    lowest, highest = min(scores), max(scores)
    span = max(1.0, highest - lowest)

    def place(number, score):
        return f"{40 + 590 * number / max(1, nr_episodes):.1f},{190 - 170 * (score - lowest) / span:.1f}"

    means = [
        np.mean(scores[max(0, number - SMOOTH) : number]) for number in range(1, len(scores) + 1)
    ]
    line = " ".join(place(number, mean) for number, mean in enumerate(means, 1))
    dots = "".join(
        '<circle cx="{}" cy="{}" r="1.6" fill="#6a8fc4"/>'.format(*place(number, score).split(","))
        for number, score in enumerate(scores, 1)
    )
    labels = "".join(
        f'<text x="34" y="{193 - 170 * (score - lowest) / span:.0f}" text-anchor="end">{score:g}</text>'
        for score in sorted({lowest, highest})
    )
    return (
        '<svg role="img" aria-label="score of each episode, and their moving average" width="640" '
        'height="215" viewBox="0 0 640 215" font-size="11" fill="currentColor">'
        f'{labels}<text x="630" y="210" text-anchor="end">episode {nr_episodes}</text>'
        f'<path d="M40 15V192H630" fill="none" stroke="currentColor" stroke-opacity="0.4"/>{dots}'
        f'<polyline points="{line}" fill="none" stroke="#d2691e" stroke-width="2"/></svg>'
    )
