"""Wrong ideas of what an action is, and of what select_action may change."""

import numpy as np

from autograder.checker.naming.look import Seen


def no_batch(seen: Seen) -> bool:
    """You pass a single observation where the model wants a batch: it takes the 80 rows for 80
    observations. Put it into a batch of one, with observation[np.newaxis], and take the first row of what
    comes back.

    Read again: Policy
    """
    return seen.raised("ValueError") and "shape" in seen.said()


def gives_back_the_probabilities(seen: Seen) -> bool:
    """You give back the six probabilities. An action is one of the numbers from 0 to 5, drawn with them:
    np.random.choice(6, p=action_probs).

    Read again: Policy
    """
    action = seen["kind_of_action"]
    return "shape (6,)" in action and "one_hot" not in _six(seen)


def gives_back_one_hot(seen: Seen) -> bool:
    """You give back the action as a one-hot vector. env.step and run_episode want its number, from 0 to
    5; the vector is made when the step is stored.

    Read again: Policy
    """
    return "shape (6,)" in seen["kind_of_action"] and "one_hot" in _six(seen)


def gives_back_an_array(seen: Seen) -> bool:
    """You give back an array, though with one number in it. The environment wants the number itself: draw
    one action without `size`, or take it out with int(...).

    Read again: Policy
    """
    return seen["kind_of_action"].startswith("array")


def changes_the_observation(seen: Seen) -> bool:
    """Your function changes the observation that it is given, and that is stored in the episode
    afterwards. Only look at it, or work on a copy.

    Read again: Policy
    """
    return seen.wrong("observation_left")


def learns_while_it_selects(seen: Seen) -> bool:
    """Your function trains the model with the action that it has just drawn. Choosing is not learning:
    the episode comes first, then its returns, then `train`.

    Read again: Policy
    """
    return any(seen["weights_left"])


def compiles_while_it_selects(seen: Seen) -> bool:
    """Your function compiles the model before it asks it. A model can predict without that, and its
    optimizer forgets everything with each action: leave compile to compile_model.

    Read again: Policy
    """
    return seen["still_compiled"][0] is False


def switches_training_off(seen: Seen) -> bool:
    """Your function sets model.trainable to False, so the model does not learn afterwards. A prediction
    changes no weights: leave that line out.

    Read again: Policy
    """
    return seen["still_compiled"][1] == 0


def changes_the_models_methods(seen: Seen) -> bool:
    """Your function, or something in its cell, changes the model itself: its activation, its methods.
    After select_action it is to be what it was before.

    Read again: Policy
    """
    return seen.wrong("own_methods")


def _six(seen: Seen) -> str:
    drawn = seen["leaning"]
    ones = isinstance(drawn, list) and all(np.max(each) == 1 for each in drawn if np.size(each))
    return "one_hot" if ones else ""
