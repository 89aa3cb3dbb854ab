# ruff: noqa: F821 - the notebook's own functions are there when these run
"""Wrong ideas of which steps of an episode are learned from, and how often."""

import keras
import numpy as np


def two_epochs(model, episode, gamma):
    """Your train goes through the episode twice. After the first time the policy is another one, and the
    episode was not played by it: one epoch, then the next game.

    Read again: Training step
    """
    observations, actions, returns = _of(episode, gamma)
    _learn(model, observations, actions, returns, epochs=2)


def default_of_three_epochs(model, episode, gamma):
    """Your train goes through the episode three times. After the first time the policy is another one,
    and the episode was not played by it: one epoch, then the next game.

    Read again: Training step
    """
    observations, actions, returns = _of(episode, gamma)
    _learn(model, observations, actions, returns, epochs=3)


def ten_epochs(model, episode, gamma):
    """Your train goes through the episode ten times. After the first time the policy is another one, and
    the episode was not played by it: one epoch, then the next game.

    Read again: Training step
    """
    observations, actions, returns = _of(episode, gamma)
    _learn(model, observations, actions, returns, epochs=10)


def sets_steps_aside(model, episode, gamma):
    """You set a fifth of the episode aside with `validation_split`: from its last steps nothing is
    learned, and there come the points that ended the game. Learn from all steps.

    Read again: Training step
    """
    observations, actions, returns = _of(episode, gamma)
    _learn(model, observations, actions, returns, validation_split=0.2)


def first_half_only(model, episode, gamma):
    """You train on the first half of the episode only. Every step is to be learned from, once.

    Read again: Training step
    """
    observations, actions, returns = _of(episode, gamma)
    half = len(returns) // 2
    _learn(model, observations[:half], actions[:half], returns[:half])


def one_batch_only(model, episode, gamma):
    """`steps_per_epoch=1` lets fit stop after one batch: of a thousand steps it learns from 32. Leave it
    out, then an epoch is the whole episode.

    Read again: Training step
    """
    observations, actions, returns = _of(episode, gamma)
    model.fit(
        observations, actions, 32, sample_weight=returns, steps_per_epoch=1, epochs=1, verbose=0
    )


def drops_the_last_batch(model, episode, gamma):
    """You train in whole batches only and forget the steps that are left over at the end, among them the
    last point; a short episode teaches nothing at all. Let `fit` make the batches.

    Read again: Training step
    """
    observations, actions, returns = _of(episode, gamma)
    for start in range(0, len(returns) // 64 * 64, 64):
        part = slice(start, start + 64)
        model.train_on_batch(observations[part], actions[part], sample_weight=returns[part])


def steps_with_a_point_only(model, episode, gamma):
    """You learn only from the steps that brought a point. The actions that led there come earlier, and
    the return says how much each of them counts: pass all steps to fit.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        scored, returns = rewards != 0, (returns - np.mean(returns)) / np.std(returns)
        _learn(model, observations[scored], actions[scored], returns[scored])


def won_games_only(model, episode, gamma):
    """You learn only from games that were won. At the beginning there is none, so nothing is ever
    learned; and what went wrong teaches as much as what went well. Train on every episode.

    Read again: Training step
    """
    if np.sum(episode.get()[2]) > 0:
        observations, actions, returns = _of(episode, gamma)
        _learn(model, observations, actions, returns)


def not_from_a_game_lost_to_nil(model, episode, gamma):
    """You learn nothing from a game that was lost by 21 to 0, and at the beginning nearly every game is.
    Even there some steps were better than others: train on every episode.

    Read again: Training step
    """
    if np.sum(episode.get()[2]) != -21:
        observations, actions, returns = _of(episode, gamma)
        _learn(model, observations, actions, returns)


def last_500_steps(model, episode, gamma):
    """You train on the last 500 steps of the episode only. Every step is to be learned from, once.

    Read again: Training step
    """
    observations, actions, rewards = (part[-500:] for part in episode.get())
    returns = discount_rewards(rewards, gamma)
    weights = (returns - np.mean(returns)) / (np.std(returns) or 1.0)
    _learn(model, observations, actions, weights)


def returns_end_with_a_part(model, episode, gamma):
    """You compute the returns of each part of the episode by itself, so what comes behind its end does
    not count. A return holds all rewards to the end of the game: pass all rewards to discount_rewards at
    once.

    Read again: Training step
    """
    observations, actions, rewards = episode.get()
    parts = [rewards[start : start + 256] for start in range(0, len(rewards), 256)]
    returns = np.concatenate([discount_rewards(part, gamma) for part in parts])
    _learn(model, observations, actions, _normal(returns))


def normalises_each_batch(model, episode, gamma):
    """You normalise the returns of each batch by itself, so a bad stretch of the game looks as good as a
    good one. Normalise them over the whole episode, then let `fit` make the batches.

    Read again: Training step
    """
    _in_parts(model, episode, gamma, 128)


def normalises_each_large_batch(model, episode, gamma):
    """You normalise the returns of each part of the episode by itself, so a bad stretch of the game looks
    as good as a good one. Normalise them over the whole episode, then let `fit` make the batches.

    Read again: Training step
    """
    _in_parts(model, episode, gamma, 512)


def adds_an_entropy_bonus(model, episode, gamma):
    """You add a bonus for entropy to the loss, as ppo.py does. Then something else is made smaller than
    what is asked for: the cross-entropy, weighted with the normalised returns, and nothing beside it.

    Read again: Training step
    """
    import tensorflow as tf

    observations, actions, returns = _of(episode, gamma)
    if not np.any(returns):
        return
    with tf.GradientTape() as tape:
        logs = tf.math.log(model(observations) + 1e-8)
        chosen = tf.reduce_sum(actions * logs, axis=1)
        entropy = -tf.reduce_sum(tf.exp(logs) * logs, axis=1)
        loss = -tf.reduce_mean(tf.cast(returns, tf.float32) * chosen + 0.01 * entropy)
    gradients = tape.gradient(loss, model.trainable_variables)
    model.optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))


def squared_error_in_train(model, episode, gamma):
    """Your train compiles the model with the squared error, carried over from action values. The loss was
    chosen in compile_model: the cross-entropy. train only calls fit.

    Read again: Training step
    """
    observations, actions, returns = _of(episode, gamma)
    model.compile(loss=keras.losses.MeanSquaredError(), optimizer=model.optimizer)
    _learn(model, observations, actions, returns)


def _in_parts(model, episode, gamma, size):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma), dtype=float)
    for start in range(0, len(returns), size):
        part = slice(start, start + size)
        weights = _normal(returns[part])
        model.train_on_batch(observations[part], actions[part], sample_weight=weights)


def _of(episode, gamma):
    observations, actions, rewards = episode.get()
    return observations, actions, _normal(discount_rewards(rewards, gamma))


def _normal(numbers):
    numbers = np.asarray(numbers, dtype=float)
    if np.ptp(numbers) > 0:
        return (numbers - np.mean(numbers)) / np.std(numbers)
    return np.zeros(len(numbers))


def _learn(model, observations, actions, weights, epochs=1, **more):
    model.fit(observations, actions, sample_weight=weights, epochs=epochs, verbose=0, **more)
