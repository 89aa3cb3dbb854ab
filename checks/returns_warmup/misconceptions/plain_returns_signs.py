"""Wrong ideas of plain_returns that show in what is not there."""

from autograder.checker.naming.look import Seen


def prints_in_place_of_returning(seen: Seen) -> bool:
    """Your function gives back nothing. To print a result shows it to you; to hand it over, the last line
    has to be `return returns`.

    Read again: Returns
    """
    return seen["point_at_the_end"] is None


def looks_behind_the_last_step(seen: Seen) -> bool:
    """Your loop asks for the step behind the last one, which does not exist. Keep the return of the next
    step in a variable that is 0 before the loop.

    Read again: Returns
    """
    return seen.raised_at("point_at_the_end", "IndexError")


def keeps_the_last_episode(seen: Seen) -> bool:
    """Your function goes on from the episode before: what follows the last step has to be 0 again in
    every call. Set it inside of the function.

    Read again: Returns
    """
    return seen.wrong("second_call") and seen["second_call"][0] > seen["three_rewards"][0]
