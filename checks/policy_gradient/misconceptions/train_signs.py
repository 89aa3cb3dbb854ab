"""Wrong ideas of train that show in what it does to the model, or only in some episodes."""

import numpy as np

from autograder.checker.naming.look import Seen

LATER = ("one_large_return", "lost_to_nil", "long_episode")


def replaces_train_step(seen: Seen) -> bool:
    """Something takes the place of what Keras does in a step of the training (`train_step` or
    `compute_loss`), and the model does not learn as it should any more. Leave the model's own methods
    alone: train only calls fit.

    Read again: Training step
    """
    return seen.wrong("own_train_step")


def compiles_in_train(seen: Seen) -> bool:
    """Your train compiles the model again: it gets another loss, or a new optimizer, which knows nothing
    of the steps before. The model was compiled once, by compile_model: train only calls fit.

    Read again: Training step
    """
    return seen["another_optimizer"] is True


def changes_the_learning_rate(seen: Seen) -> bool:
    """Your train changes the learning rate of the optimizer, from call to call or after so many steps,
    until nothing is learned any more. The rate was chosen once, in compile_model: leave it as it is.

    Read again: Training step
    """
    return seen.wrong("rate_left")


def seeds_in_train(seen: Seen) -> bool:
    """Your train seeds the generator of random numbers, so that each game afterwards draws what the game
    before drew. Seed it once, at the beginning of the notebook, if at all.

    Read again: Training loop
    """
    return seen["seeds"] is True


def changes_from_call_to_call(seen: Seen) -> bool:
    """Your train does something else after many calls than it did in the first: it counts them, or keeps
    something from one call to the next. Each episode should be learned from in the same way.

    Read again: Training step
    """
    return seen.right("small_episode") and seen.wrong("twenty_fifth_call")


def cuts_large_returns_off(seen: Seen) -> bool:
    """You cut the largest returns off, so a step that is far better or worse than the others counts too
    little. Use the normalised returns as they are.

    Read again: Training step
    """
    came, wanted = map(np.asarray, (seen["one_large_return"], seen.ours["one_large_return"]))
    cut = seen.right("small_episode") and came.shape == wanted.shape
    return bool(cut and np.abs(came).max() < 0.9 * np.abs(wanted).max() and _as_many(came, wanted))


def leaves_steps_of_long_episodes_out(seen: Seen) -> bool:
    """In a long episode you learn nothing from some of its steps. Memory is no reason: an episode of 2000
    steps takes about 100 MB. Pass all of them to fit.

    Read again: Training step
    """
    came, wanted = map(np.asarray, (seen["long_episode"], seen.ours["long_episode"]))
    return seen.right("small_episode") and came.shape == wanted.shape and not _as_many(came, wanted)


def treats_long_episodes_otherwise(seen: Seen) -> bool:
    """For a long episode your train does something else than for a short one. Each step counts as its
    normalised return says, however many there are.

    Read again: Training step
    """
    short = seen.right("small_episode") and seen.right("small_gamma")
    return short and seen.wrong("long_episode")


def learns_where_nothing_is_to_be_learned(seen: Seen) -> bool:
    """In an episode whose returns are all equal no step was better than the others, and your train
    changes the model all the same. With the mean subtracted all weights are 0 there.

    Read again: Training step
    """
    return seen.right("small_episode") and (seen.wrong("no_reward") or seen.wrong("equal_returns"))


def more_than_one_epoch(seen: Seen) -> bool:
    """Your train goes through the episode more than once. After the first time the policy is another one,
    and the episode was not played by it: one epoch, then the next game.

    Read again: Training step
    """
    return bool(seen["steps_learned_from"] > 8)


def learns_nothing(seen: Seen) -> bool:
    """The model that train is given has learned nothing. Does your function come to `fit` for every
    episode, and does it train that very model, and no other variable of the notebook's? It is
    model.fit(...), with the argument model.

    Read again: Training step
    """
    return not any(np.any(seen[name]) for name in ("small_episode", "won_game", "long_episode"))


def own_optimizer(seen: Seen) -> bool:
    """Your train changes the weights with an optimizer of its own. Use the one that compile_model has set
    up: model.fit does so, and model.optimizer is where it is.

    Read again: Training step
    """
    return bool(np.any(seen["small_episode"])) and seen["strays"] > 0.5


def freezes_layers_in_train(seen: Seen) -> bool:
    """Your train freezes all layers but the last, as one does with a network that was trained before.
    This one knows nothing yet: all its layers have to learn.

    Read again: Training step
    """
    *moved, _ = seen["real_network"]
    return not all(np.any(each) for each in moved)


def learns_from_earlier_games(seen: Seen) -> bool:
    """Your train learns from games before the last one, too. Those were played by an older policy: learn
    once from the episode that was just played, and from no other.

    Read again: Training step
    """
    together = seen.checks["put_together"].message
    return seen.right("real_network") and "another number of steps" in together


def treats_the_real_network_otherwise(seen: Seen) -> bool:
    """With the network of the notebook your train does something else than with a small one. It should
    not ask how many layers a model has: one epoch, with the normalised returns as weights, for any model.

    Read again: Training step
    """
    small = seen.right("small_episode") and seen.right("long_episode")
    return seen.wrong("real_network") or (small and seen.wrong("steps_learned_from"))


def _as_many(came: np.ndarray, wanted: np.ndarray) -> bool:
    """Tell whether as many steps count as should, but for a few whose weight is next to nothing."""
    return int((came != 0).sum()) >= 0.99 * int((wanted != 0).sum())
