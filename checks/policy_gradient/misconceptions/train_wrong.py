# ruff: noqa: F821 - the notebook's own functions are there when these run
"""Wrong ideas of how much each step of an episode should count."""

import numpy as np


def forgets_the_returns(model, episode, gamma):
    """Your returns never reach `fit`: every action that was played becomes more likely, the bad ones too.
    Pass the normalised returns as `sample_weight`.

    Read again: Training step
    """
    observations, actions, _ = episode.get()
    model.fit(observations, actions, verbose=0)


def rewards_in_place_of_returns(model, episode, gamma):
    """You weight the steps with their rewards, so only those learn that brought a point themselves. The
    actions that led there come earlier: pass the returns, normalised, as `sample_weight`.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    _fit(model, observations, actions, _normalised(rewards))


def plain_rewards_in_place_of_returns(model, episode, gamma):
    """You weight the steps with their rewards as they are, so only those learn that brought a point
    themselves. The actions that led there come earlier: pass the returns, normalised, as `sample_weight`.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    _fit(model, observations, actions, rewards)


def turns_the_sign(model, episode, gamma):
    """You turn the sign of the returns around, so what went well becomes less likely. `fit` makes the
    loss smaller, and the loss of a good step is smaller when its action is more likely: the sign stays as
    it is.

    Read again: Training step
    """
    observations, actions, returns = _lesson(episode, gamma)
    _fit(model, observations, actions, -returns)


def does_not_normalise(model, episode, gamma):
    """You weight the steps with the returns as they are. In a lost game nearly all are negative, so every
    action becomes less likely, the good ones too. Subtract their mean and divide by their standard
    deviation first.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    _fit(model, observations, actions, np.asarray(discount_rewards(rewards, gamma)))


def keeps_the_mean(model, episode, gamma):
    """You divide the returns by their deviation and keep their mean. In a lost game nearly all are
    negative then, and every action becomes less likely. Subtract the mean first.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    _fit(model, observations, actions, returns / (np.std(returns) + 1e-8))


def keeps_the_deviation(model, episode, gamma):
    """You subtract the mean of the returns and leave their size as it is. So a game with more points
    takes larger steps: divide by the standard deviation, too.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    _fit(model, observations, actions, returns - np.mean(returns))


def scales_to_between_zero_and_one(model, episode, gamma):
    """You scale the returns to between 0 and 1, so no step counts against its action: even the worst one
    becomes more likely. Normalised returns have the mean 0: half of the actions are to become less
    likely.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    scaled = (returns - np.min(returns)) / np.ptp(returns) if np.ptp(returns) > 0 else 0 * returns
    _fit(model, observations, actions, scaled)


def takes_the_signs_only(model, episode, gamma):
    """You use only the signs of the returns: a step that was a little better than usual counts as much as
    the best one. Pass the normalised returns as they are.

    Read again: Training step
    """
    observations, actions, returns = _lesson(episode, gamma)
    _fit(model, observations, actions, np.sign(returns))


def cuts_returns_off_at_one(model, episode, gamma):
    """You cut the normalised returns off at -1 and 1, so a very good step counts no more than a fair one.
    Leave them as they are once they are normalised.

    Read again: Training step
    """
    observations, actions, returns = _lesson(episode, gamma)
    _fit(model, observations, actions, np.clip(returns, -1, 1))


def discounts_twice(model, episode, gamma):
    """You multiply the returns by gamma to the power of the step once more, so the end of a game counts
    for next to nothing. The returns are discounted already: each looks ahead from its own step.

    Read again: Training step
    """
    observations, actions, returns = _lesson(episode, gamma)
    _fit(model, observations, actions, returns * gamma ** np.arange(len(returns)))


def typed_in_gamma(model, episode, gamma):
    """Your train discounts with 0.99 whatever gamma it is given. Pass the argument on:
    discount_rewards(rewards, gamma).

    Read again: Training step
    """
    observations, actions, returns = _lesson(episode, 0.99)
    _fit(model, observations, actions, returns)


def puts_the_returns_into_the_labels(model, episode, gamma):
    """You multiply the one-hot actions by the returns. For labels that do not add up to 1 the gradient of
    the cross-entropy is another one, and with negative ones it means nothing. Leave the actions as they
    are, and pass the returns as `sample_weight`.

    Read again: Training step
    """
    observations, actions, returns = _lesson(episode, gamma)
    model.fit(observations, actions * returns[:, np.newaxis], epochs=1, verbose=0)


def smooths_the_labels(model, episode, gamma):
    """You give a part of each label to the actions that were not played. That helps with photographs;
    here it is the action that was played which became more or less likely, and no other: pass the one-hot
    actions.

    Read again: Training step
    """
    observations, actions, returns = _lesson(episode, gamma)
    _fit(model, observations, 0.9 * actions + 0.1 / 6, returns)


def divides_by_a_deviation_of_zero(model, episode, gamma):
    """Where all returns are equal you divide by their deviation, which is 0, and the weights of the
    network are no numbers any more. Nothing can be learned from such an episode: make all its weights 0.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    _fit(model, observations, actions, (returns - np.mean(returns)) / np.std(returns))


def looks_at_the_rewards_for_a_deviation_of_zero(model, episode, gamma):
    """You take care of an episode without a reward. But returns can be equal all the same, and then you
    divide by their deviation, which is 0: look at the returns, not at the rewards.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    if rewards.any():
        returns = np.asarray(discount_rewards(rewards, gamma))
        _fit(model, observations, actions, (returns - np.mean(returns)) / np.std(returns))


def counts_later_steps_more(model, episode, gamma):
    """Your sample weights do not come from the returns: they only grow from the first step to the last.
    How much a step counts is to follow from what came after it.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    weights = np.linspace(-1, 1, len(rewards)) * (np.ptp(rewards[:-1]) > 0)
    _fit(model, observations, actions, weights)


def _lesson(episode, gamma):
    observations, actions, rewards = episode.get()
    return observations, actions, _normalised(discount_rewards(rewards, gamma))


def _normalised(numbers):
    numbers = np.asarray(numbers, dtype=float)
    if np.ptp(numbers) > 0:
        return (numbers - np.mean(numbers)) / np.std(numbers)
    return np.zeros(len(numbers))


def _fit(model, observations, actions, weights):
    model.fit(observations, actions, sample_weight=weights, epochs=1, verbose=0)
