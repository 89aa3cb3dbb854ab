"""Wrong ideas of discount_rewards that show in how it ended rather than in what it returned."""

from autograder.checker.naming.look import Seen
from autograder.report import Verdict


def never_ends(seen: Seen) -> bool:
    """Your loop over the steps never ends. In a `while` loop something has to bring its condition nearer
    to False in every round: count the step down, or let `for t in reversed(range(len(rewards)))` do that
    for you.

    Read again: Expected return
    """
    return seen.checks["values_by_hand"].outcome is Verdict.TIMEOUT


def calls_itself_without_end(seen: Seen) -> bool:
    """Your function calls itself with the same rewards again, so it never comes to an end. Let each call
    have fewer rewards than the one before, or better: go through them in a loop, from the last step to
    the first.

    Read again: Expected return
    """
    return seen.raised_at("point_at_the_end", "RecursionError")


def calls_itself_for_every_step(seen: Seen) -> bool:
    """Your function calls itself once for every step. That is right for short episodes, but Python allows
    only about a thousand calls inside each other, and a game has more steps. A loop has no such limit.

    Read again: Expected return
    """
    return seen.right("three_rewards") and seen.raised_at("long_episode", "RecursionError")


def returns_nothing(seen: Seen) -> bool:
    """Your function gives back nothing: is its last line, `return returns`, still there, and does every
    path through the function come to it?

    Read again: Expected return
    """
    return seen["point_at_the_end"] is None
