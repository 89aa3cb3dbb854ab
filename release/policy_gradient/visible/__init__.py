"""The cells behind the exercises: `check` looks at what you have written, and says one thing.

looks.py has what it looks at. The checks after you have handed in look further.
"""

import os
import traceback
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from utils import Check

from visible import looks

FOLDER = Path(__file__).parent.parent  # with all that is no student's


class NotYet(AssertionError):
    """What is still to do, in one line: notebooks show it without a traceback."""

    def _render_traceback_(self):
        return [f"✗ {self}"]


def check(exercise, namespace):
    """Look at what an exercise asks for, and print one line.

    Args:
        exercise: its name.
        namespace: the notebook's `globals()`.

    Raises:
        NotYet: if something is missing; its text says what.
    """
    look, needs = LOOKS[exercise]
    try:
        if exercise == "training_loop":
            said = look(namespace)
        else:
            with Check(exercise, namespace, needs):
                said = look(namespace)
    except AssertionError as error:
        raise NotYet(str(error)) from None
    except Exception as error:
        raise NotYet(_stopped(exercise, error)) from None
    print(f"✓ {said}")


def _stopped(exercise, error):
    """Return what an exception says, with the line of the notebook in which it was raised."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "site-packages" not in frame.filename and FOLDER not in Path(frame.filename).parents
    ]
    where = f" in line {frames[-1].lineno} of a cell, `{frames[-1].line}`," if frames else ""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = (lines or ["no more is known"])[0]
    return f"{exercise} stopped{where} with {type(error).__name__}: {text[:300]}"


LOOKS = {
    "build_model": (looks.see_model, ()),
    "compile_model": (looks.see_compiling, ()),
    "select_action": (looks.see_draws, ()),
    "run_episode": (looks.see_game, ("select_action",)),
    "discount_rewards": (looks.see_returns, ()),
    "train": (looks.see_training, ("discount_rewards",)),
    "training_loop": (looks.see_loop, ()),
}
