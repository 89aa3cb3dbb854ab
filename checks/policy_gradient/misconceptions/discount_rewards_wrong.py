"""Wrong ideas of what a return is, and of how to sum it up."""

import numpy as np


def collects_the_past(rewards, gamma):
    """Your sum runs forwards through the episode, so each step collects the rewards before it. A return
    is made of what comes after: begin at the last step and go backwards, each return from the one behind
    it.

    Read again: Expected return
    """
    returns, current = np.zeros(len(rewards)), 0.0
    for t in range(len(rewards)):
        current = rewards[t] + gamma * current
        returns[t] = current
    return returns


def collects_the_past_undiscounted(rewards, gamma):
    """Your returns add up the rewards from the start to each step: the score so far. A return is made of
    what comes after the step, each later reward discounted once more by gamma.

    Read again: Expected return
    """
    return np.cumsum(np.asarray(rewards, dtype=float))


def forgets_gamma(rewards, gamma):
    """Your returns add up all later rewards in full. With each step into the future a reward counts gamma
    times as much: multiply the return of the next step by gamma before you add the step's own reward.

    Read again: Expected return
    """
    return np.cumsum(np.asarray(rewards, dtype=float)[::-1])[::-1]


def typed_in_gamma(rewards, gamma):
    """Your function discounts with 0.99 whatever gamma it is given. That number is only this notebook's
    choice: use the argument gamma.

    Read again: Expected return
    """
    return _returns(rewards, 0.99)


def leaves_its_own_reward_out(rewards, gamma):
    """Each of your returns leaves the step's own reward out and begins with that of the next step. The
    reward that an action brings at once counts in full: the return of a step is that reward, plus gamma
    times the next return.

    Read again: Expected return
    """
    return _returns(rewards, gamma) - np.asarray(rewards, dtype=float)


def returns_of_the_next_step(rewards, gamma):
    """Your returns stand one place too early: at each step is the return of the step behind it. Store the
    new return after you have added the step's own reward, not before.

    Read again: Expected return
    """
    return np.append(_returns(rewards, gamma)[1:], 0.0)


def discounts_its_own_reward(rewards, gamma):
    """Your function discounts the sum of both, the step's own reward included. The reward that an action
    brings at once counts in full, only what follows is multiplied by gamma.

    Read again: Expected return
    """
    return gamma * _returns(rewards, gamma)


def discounts_from_the_start(rewards, gamma):
    """You weigh every reward by how late in the game it came. But a return looks ahead from its own step:
    for each step it is a sum over all rewards that follow, discounted by how far away they are from
    there.

    Read again: Expected return
    """
    return np.asarray(rewards) * gamma ** np.arange(len(rewards))


def sums_what_is_discounted_from_the_start(rewards, gamma):
    """You discount every reward by how late in the game it came, and add up from each step to the end.
    The discount counts from the step whose return it is, not from the start of the game: there it begins
    with 1.

    Read again: Expected return
    """
    discounted = np.asarray(rewards) * gamma ** np.arange(len(rewards))
    return np.cumsum(discounted[::-1])[::-1]


def loses_the_last_reward(rewards, gamma):
    """Your loop begins one step too early: the return of the last step stays 0, and its reward is lost
    for all steps before it, though it is the point that ended the game. Begin at the index len(rewards) -
    1.

    Read again: Expected return
    """
    returns = np.zeros(len(rewards))
    for step in reversed(range(len(rewards) - 1)):
        returns[step] = rewards[step] + gamma * returns[step + 1]
    return returns


def leaves_the_first_step_out(rewards, gamma):
    """Your loop ends one step too early, so the first step has no return. `range` leaves its end out: to
    go down to 0 it has to be range(len(rewards) - 1, -1, -1), or simply reversed(range(len(rewards))).

    Read again: Expected return
    """
    returns = _returns(rewards, gamma)
    returns[0] = 0.0
    return returns


def forgets_to_turn_around(rewards, gamma):
    """Your numbers are right, but they stand in reverse order. You collected them from the last step to
    the first: turn the list around in the end, or write each return at the index of its step.

    Read again: Expected return
    """
    return _returns(rewards, gamma)[::-1].copy()


def restarts_at_every_point(rewards, gamma):
    """You begin a new sum at every point. That trick is known for Pong, but it is another quantity: the
    return of a step holds all rewards to the end of the episode, over every point that comes between.

    Read again: Expected return
    """
    returns, current = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        if rewards[t] != 0:
            current = 0.0
        current = rewards[t] + gamma * current
        returns[t] = current
    return returns


def normalises_here(rewards, gamma):
    """You normalise the returns already here. discount_rewards gives back the plain sums; it is `train`
    that subtracts their mean and divides by their deviation.

    Read again: Training step
    """
    returns = _returns(rewards, gamma)
    return (returns - returns.mean()) / (returns.std() + 1e-8)


def averages_what_is_left(rewards, gamma):
    """You divide each sum by the number of steps that are left. A return is a sum, not a mean: gamma
    alone takes care that what lies far ahead counts less.

    Read again: Expected return
    """
    steps_left = np.arange(len(rewards), 0, -1)
    return _returns(rewards, gamma) / steps_left


def takes_lambda_from_ppo(rewards, gamma):
    """Your sum is discounted by 0.95 times gamma: that is the lambda of the advantages in ppo.py. Here
    the return of a step is its reward plus gamma times the next return, and nothing else.

    Read again: Expected return
    """
    return _returns(rewards, 0.95 * gamma)


def one_step_ahead_only(rewards, gamma):
    """Your returns hold the reward of the next step and nothing behind it. Use the *return* of the next
    step in place of its reward: that has everything in it that follows.

    Read again: Expected return
    """
    rewards = np.asarray(rewards, dtype=float)
    return rewards + gamma * np.append(rewards[1:], 0.0)


def gives_back_the_rewards(rewards, gamma):
    """You give the rewards back as they were. A return adds to the step's own reward what follows it,
    each later reward discounted once more by gamma.

    Read again: Expected return
    """
    return np.array(rewards, dtype=float)


def one_number_for_the_episode(rewards, gamma):
    """You give back one number, the return of the first step. Every step has a return of its own: write
    the sum down at each step on your way backwards.

    Read again: Expected return
    """
    return float(_returns(rewards, gamma)[0])


def knows_the_examples_only(rewards, gamma):
    """Your function answers the examples of the visible check, and knows no other episode. It has to
    compute the returns of any rewards, with any gamma.

    Read again: Expected return
    """
    answers = {(0, 0, 1): [0.25, 0.5, 1.0], (1, 0, 2): [1.5, 1.0, 2.0]}
    return np.array(answers.get(tuple(rewards), np.zeros(len(rewards))))


def _returns(rewards, gamma):
    returns, current = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        current = rewards[t] + gamma * current
        returns[t] = current
    return returns
