"""The cells behind the exercises: `check` looks at what you have written, and says one thing.

Each takes about a second, and prints a line. They try your code with small models and short games of their
own: network.py, acting.py, learning.py and looping.py say what they look at. The checks after you have handed
in look further.
"""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from utils import Check

from visible import acting, learning, looping, network
from visible.sentences import stopped


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
    except (Exception, SystemExit) as error:
        raise NotYet(stopped(exercise, error)) from None
    print(f"✓ {said}")


LOOKS = {
    "build_model": (network.see_model, ()),
    "compile_model": (network.see_compiling, ()),
    "select_action": (acting.see_draws, ()),
    "run_episode": (acting.see_game, ("select_action",)),
    "discount_rewards": (learning.see_returns, ()),
    "train": (learning.see_training, ("discount_rewards",)),
    "training_loop": (looping.see_loop, ()),
}
