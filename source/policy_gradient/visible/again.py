"""The cell of the training loop once more: in a small game, or from where it was interrupted."""

import os
import re
import time

import numpy as np

from visible import looping

EPISODES = 120  # in the small game
LEARNING_RATE, GAMMA = 3e-4, 0.7  # a small game forgives large steps, and a ball is all that counts
ENOUGH = 10.0  # balls caught less balls missed, of 20; who plays at random has -8
LAST = 20  # episodes that are looked at
FILE = "pong.keras"
NO_LOOP = (
    "✗ Run the cell of the training loop first, and stop it (■) after some episodes. What is to run again is "
    "the last cell that was run with a loop which calls run_episode and train and fills scores."
)


def learn_to_catch(names):
    """Run the notebook's own training loop in the small game `CatchEnv`, and say whether it has learned.

    The notebook's model, scores and files stay as they are.

    Args:
        names: the notebook's `globals()`.

    Returns:
        the scores of all episodes, a list; None where the loop has not been run yet.
    """
    from catch import CatchEnv

    source = _loop(names)
    if source is None:
        return print(
            "✗ Run the cell of the training loop first, and stop it (■) after some episodes."
        )
    model = names["build_model"]()
    names["compile_model"](model, LEARNING_RATE)
    episodes = min(EPISODES, int(os.environ.get("NR_EPISODES", EPISODES)))
    small = {"env": CatchEnv(), "model": model, "nr_episodes": episodes, "gamma": GAMMA}
    inside = dict(names) | small
    try:
        with looping.elsewhere():
            exec(source, inside)  # what it saves, it saves there
    except Exception as error:  # it may do something of its own, which is right in Pong
        return print(f"✗ In the small game the loop stopped with {type(error).__name__}: {error}")
    scores = inside["scores"]
    print(_verdict(scores))
    return scores


def go_on(names):
    """Play the episodes that the training loop still lacks since somebody interrupted it.

    Args:
        names: the notebook's `globals()`.
    """
    source, played, wanted = _loop(names), names.get("scores"), names.get("nr_episodes", 0)
    if source is None or not isinstance(played, list):
        return print(NO_LOOP)
    if len(played) >= wanted:
        return print(f"All {len(played)} episodes have been played.")
    stand_ins = _going_on(names, played, wanted)
    own = {name: names[name] for name in stand_ins}
    names |= stand_ins
    try:
        exec(source, names)
    except KeyboardInterrupt:
        stopped = True
    else:
        stopped = False
    finally:
        names |= own
        if names["scores"] is not played:
            names["scores"] = played + names["scores"]
    if stopped:
        print(
            f"Stopped after {len(names['scores'])} of {wanted} episodes. This cell goes on from here."
        )
        if hasattr(names.get("model"), "save"):
            names["model"].save(FILE)
            print(f"What the model has learned until now is saved in {FILE}.")


def _going_on(names, played, wanted):
    """Return what the loop finds in place of its own: the episodes left, and a curve that has the others."""
    create, update = names.get("create_curve"), names.get("update_curve")
    began = time.monotonic()

    def go_on_with(curve, scores, line):
        every = played + scores
        each = (time.monotonic() - began) / max(1, len(scores))
        curve.start = time.monotonic() - each * len(every)  # those before took as long as these
        update(curve, every, re.sub(r"^Episode \d+", f"Episode {len(every)}", line))

    left = {"nr_episodes": wanted - len(played)}
    if create is None or update is None:  # a notebook of an earlier release
        return left
    return left | {"create_curve": lambda _: create(wanted), "update_curve": go_on_with}


def learned(scores):
    """Tell whether the last of these scores are clearly better than chance."""
    return bool(np.mean(scores[-LAST:]) >= ENOUGH)


def _verdict(scores):
    """Return in a line whether these scores show that something was learned."""
    if len(scores) < EPISODES:
        return f"{len(scores)} episodes are too few to tell whether it learns."
    first, last = np.mean(scores[:10]), np.mean(scores[-LAST:])
    seen = f"a score of {first:.0f} in the first games and of {last:.0f} in the last ones, of at most 20."
    if learned(scores):
        return f"✓ It learns: {seen}"
    return (
        f"✗ It should have learned more: {seen} Does every check above say ✓, and has each cell been run "
        "since you changed it?"
    )


def _loop(names):
    """Return the code of the training loop as it was run last; None if it was not."""
    source = looping.cell_of_the_loop(names)
    return compile(source, "the training loop", "exec") if source else None
