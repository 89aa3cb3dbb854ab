"""Wrong ideas of compile_model that show in how steps change, and in what became of the model."""

import numpy as np

from autograder.checker.naming.look import Seen


def rate_changes_by_itself(seen: Seen) -> bool:
    """Your optimizer has a schedule: its rate changes as the training goes on, until hardly anything is
    learned. Give Adam the learning rate as it is passed, for all steps.

    Read again: Train model
    """
    return seen.right("path") and seen.wrong("later_rates") and seen.right("large_rate")


def another_rate(seen: Seen) -> bool:
    """Your optimizer does not take the learning rate that is passed as it is. Give Adam the argument,
    without a factor or a bound of your own.

    Read again: Train model
    """
    return seen.right("path") and not (seen.right("large_rate") and seen.right("small_rate"))


def replaces_methods(seen: Seen) -> bool:
    """Your function puts something of its own in the place of the model's methods (fit, train_step,
    predict_step or what Keras makes of them), so the model does not learn or predict any more what it
    should. Only call compile.

    Read again: Train model
    """
    return seen.wrong("own_methods") or (seen.right("frozen") and seen.wrong("real_network"))


def other_settings(seen: Seen) -> bool:
    """Your optimizer is not Adam as Keras makes it: its steps are others. Give it the learning rate
    alone, and leave its other settings as they are.

    Read again: Train model
    """
    steps = np.asarray(seen["path"])
    return steps.size > 1 and seen.wrong("path")
