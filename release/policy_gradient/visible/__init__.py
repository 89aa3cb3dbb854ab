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

_right = {}  # functions that were looked at and are right, by exercise: nobody waits for that again


class NotYet(AssertionError):
    """What is still to do, in one line: notebooks show it without a traceback.

    `waits_for` is the exercise that has to be right first, None where it is this one's own fault.
    """

    waits_for = None

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
    print(f"✓ {looked_at(exercise, namespace)}")


def looked_at(exercise, namespace):
    """Return what there is to say about an exercise that is right; raise NotYet for another one."""
    look, needs = LOOKS[exercise]
    try:
        if exercise == "training_loop":
            return look(namespace)
        with Check(exercise, namespace, needs):
            _first(exercise, needs, namespace)
            said = look(namespace)
    except NotYet:
        raise
    except AssertionError as error:
        raise NotYet(str(error)) from None
    except (Exception, SystemExit) as error:
        raise NotYet(stopped(exercise, error)) from None
    _right[exercise] = namespace[exercise]
    return said


def _first(exercise, needs, namespace):
    """Raise NotYet where a function that this exercise's code calls is wrong itself."""
    for each in needs:
        if _right.get(each) is namespace[each]:
            continue
        try:
            looked_at(each, namespace)
        except NotYet as missing:
            waits = NotYet(f"{exercise} calls {each}, and that is not right yet: {missing}")
            waits.waits_for = each
            raise waits from None


LOOKS = {
    "build_model": (network.see_model, ()),
    "compile_model": (network.see_compiling, ()),
    "select_action": (acting.see_draws, ()),
    "run_episode": (acting.see_game, ("select_action",)),
    "discount_rewards": (learning.see_returns, ()),
    "train": (learning.see_training, ("discount_rewards",)),
    "training_loop": (looping.see_loop, ()),
}
