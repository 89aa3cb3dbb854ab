"""What the visible checks look at in discount_rewards and train."""

import numpy as np
from utils import Episode

from visible.pupils import pupil
from visible.stand_ins import SHAPE, seeds, teach, trained_agent

LESSONS = 19  # short ones in a row
FAR = 0.05  # so far a step of weight 1 moves a logit


def see_returns(names):
    """The sum that the text writes down, for short, long and odd episodes."""
    discount = names["discount_rewards"]
    noise = np.random.normal(size=30).round(1)
    examples = [([0.0, 0.0, 1.0], 0.5), ([1, 0, 2], 0.5), ([3.0], 0.9), ([1.0, -1.0, 2.0], 0.0)]
    examples += [([2.0, 1.0, -4.0], 1.0), ([-4.0, 1.0, 2.0], 1.0), ([0.0] * 4, 0.9)]
    examples += [
        (noise, 0.9),
        (noise[::-1], 0.9),
        (np.random.choice([0.0, 0.0, 1.0, -1.0], 1200), 0.9),
    ]
    for example, gamma in examples:
        rewards, given = np.array(example), np.array(example)
        returns = np.asarray(discount(rewards, gamma))
        shown = f"{given}, gamma = {gamma}" if len(given) < 5 else f"of {len(given)} steps"
        assert returns.shape == given.shape, (
            f"{len(given)} rewards should give {len(given)} returns, but what came back has the shape "
            f"{returns.shape}."
        )
        assert np.allclose(returns, _returns(given, gamma)), (
            f"Rewards {shown}: we got the returns {returns if len(given) < 5 else '...'}. Work them out by "
            "hand: the last return is the last reward, and each one before adds gamma times the next."
        )
        assert np.array_equal(rewards, given), "The rewards themselves should stay as they are."
    _remembers_nothing(discount)
    return f"The returns of {len(examples)} small and large episodes are right."


def _returns(rewards, gamma):
    """Return what the text's sum gives for each step, as long as it is worth adding."""
    most = min(len(rewards), 400) if gamma < 1 else len(rewards)
    powers = gamma ** np.arange(most)
    return [powers[: len(rewards) - t] @ rewards[t : t + most] for t in range(len(rewards))]


def _remembers_nothing(discount):
    """One call changes nothing about another one."""
    rewards = np.random.normal(size=5)
    first = discount(rewards, 0.9)
    kept = np.array(first)
    rewards[:] = rewards[::-1].copy()
    second = np.asarray(discount(rewards, 0.9))
    apart = np.array_equal(first, kept) and np.allclose(second, _returns(rewards, 0.9))
    assert apart, (
        "The returns of one episode got mixed up with those of another one. Does each call make an array of "
        "its own, and compute anew?"
    )
    assert not seeds(lambda: discount(rewards, 0.9)), (
        "Nothing here is random: leave the seeds alone."
    )


def see_training(names):
    """How much each step of an episode counted, and how often: read from what the model learned."""
    train, discount = names["train"], names["discount_rewards"]
    model = pupil()
    for rewards, gamma, quick in (
        (_points(24), 0.9, True),
        (_points(24), 0.5, False),
        (_lost_to_nil(1300), 0.9, True),
    ):
        model.quick = quick
        _counts_as_it_should(train, discount, model, rewards, gamma)
    model.optimizer.iterations.assign(20_000)
    for number in range(LESSONS):
        if number > LESSONS - 3:
            _counts_as_it_should(train, discount, model, _points(24), 0.9)
        else:
            train(model, _lesson(_points(8))[0], 0.9)
    for rewards, gamma in (
        (np.zeros(20), 0.9),
        (np.ones(20), 0.0),
        (np.array([1.0] * 19 + [2.0]), 0.5),
    ):
        before = model.get_weights()[0]
        train(model, _lesson(rewards)[0], gamma)
        assert np.array_equal(model.get_weights()[0], before), (
            "After an episode of which all returns are equal, the model's weights are not what they were. "
            "What is the standard deviation of returns that are all equal?"
        )
    assert not seeds(lambda: train(model, _lesson(_points(24))[0], 0.9)), (
        "train sets the seed of the random numbers, so that the next game is drawn like the one before."
    )
    agent = trained_agent()
    if agent is not None:
        _teaches_the_network(train, discount, agent)
    return "The steps of short and long episodes counted as they should, and one without rewards did no harm."


def _points(steps):
    """Return rewards, most of them 0; the others are large, so that their deviation is far from 1."""
    rewards = np.zeros(steps)
    rewards[np.random.permutation(steps)[: steps // 3]] = np.random.choice([5.0, -5.0], steps // 3)
    rewards[-1] = 5
    return rewards


def _lost_to_nil(steps):
    """Return the rewards of a game that is lost without a point, faster at its beginning."""
    rewards = np.zeros(steps)
    rewards[10 + (np.linspace(0, 1, 21) ** 2 * (steps - 11)).astype(int)] = -1
    return rewards


def _lesson(rewards):
    """Return an episode in which each step has pixels of its own, and these pixels."""
    steps = len(rewards)
    lesson = Episode(steps, SHAPE, (6,))
    each = min(12800 // steps, 200)  # more would make the model sure of itself
    pixels = np.random.permutation(12800)[: each * steps].reshape(steps, each)
    observation = np.zeros(12800, np.float32)
    for step, reward in enumerate(rewards):
        observation[:] = 0
        observation[pixels[step]] = 1
        lesson.append(observation.reshape(SHAPE), np.eye(6)[np.random.randint(6)], reward)
    return lesson, pixels


def _normalised(discount, rewards, gamma):
    returns = np.asarray(discount(rewards.copy(), gamma), float)
    return (returns - returns.mean()) / returns.std()


def _counts_as_it_should(train, discount, model, rewards, gamma):
    """Train on an episode, and read from the weights what each of its steps counted."""
    lesson, pixels = _lesson(rewards)
    observations, actions, stored = lesson.get()
    stored = stored.copy()
    before, optimizer, noted = model.get_weights()[0], model.optimizer, model.noted
    optimizer.learning_rate = FAR / pixels.shape[1]
    rate = float(optimizer.learning_rate)
    towards = np.asarray(model(observations)) - actions
    train(model, lesson, gamma)
    assert model.optimizer is optimizer, (
        "After train the model has another optimiser. It is compiled once, before all training."
    )
    assert float(model.optimizer.learning_rate) == rate, (
        "After train the optimiser has another learning rate than before. The rate is set once, where the "
        "model is compiled."
    )
    moved = (model.get_weights()[0] - before)[pixels].sum(axis=1) / -rate / pixels.shape[1]
    assert np.abs(moved).max() > 0, (
        "The model has the same weights as before. Does your code call fit?"
    )
    size = (towards**2).sum(axis=1)
    counted = (moved * towards).sum(axis=1) / size
    wanted = _normalised(discount, stored, gamma)
    factor = counted @ wanted / (wanted @ wanted)  # below 1 where the loss is a mean over a batch
    most = factor * np.abs(wanted).max()
    aside = np.abs(moved - counted[:, np.newaxis] * towards).max()
    # Who takes means of batches gives the steps of a smaller one more weight.
    apart = np.abs(counted - factor * wanted).max() if model.noted > noted else 0
    right = np.corrcoef(counted, wanted)[0, 1] > 0.98 and apart < 0.1 * most and aside < 0.02 * most
    assert right, (
        f"The steps of an episode of {len(rewards)} steps did not count as much as their normalised returns "
        "say, or not towards the stored actions. What is given as sample weights, from which gamma, and does "
        "every step get its own?"
    )
    assert 1.1 > factor > (0.9 if model.noted > noted else 0), (
        f"The steps of a small episode counted {factor:.2g} times as much as their normalised returns "
        "say. For how many epochs does it train, and are the returns normalised as given?"
    )
    assert np.array_equal(lesson.get()[2], stored), (
        "train should leave the rewards of the episode as they are."
    )


def _teaches_the_network(train, discount, agent):
    """A network of several layers learns the same way: all of them go where the gradient points."""
    steps = 64  # two of Keras' usual batches
    rewards = np.random.choice([0.0, 0.0, 1.0, -1.0], steps)
    rewards[-2:] = 1, -1
    lesson = Episode(steps, SHAPE, (6,))
    for reward in rewards:
        lesson.append(np.random.random(SHAPE) < 0.05, np.eye(6)[np.random.randint(6)], reward)
    observations, actions, _ = lesson.get()
    weights = _normalised(discount, rewards, 0.9).astype(np.float32)
    # Less sure of itself: where a loss is bounded nothing would be learned, and each is in its own way.
    start, ends = [w / 10 if w.shape[-1] == 6 else w for w in agent.get_weights()], []
    for learn in (
        lambda: agent.train_on_batch(observations, actions, weights),
        lambda: train(agent, lesson, 0.9),
    ):
        agent.set_weights(start)
        # Small enough for one direction, and large enough that rounding hides none of it, also for whoever
        # takes the mean of the losses in place of their sum.
        teach(agent, 1e-4)
        learn()
        ends.append(agent.get_weights())
    wanted, moved = (
        [after - before for after, before in zip(end, start, strict=True)] for end in ends
    )
    for one, other in zip(wanted, moved, strict=True):
        length = np.linalg.norm(one) * np.linalg.norm(other)
        assert (one * other).sum() > 0.97 * length > 0, (
            "A network with the layers of yours did not learn what an episode's normalised returns say. "
            "Does train treat every model the same way, and do all layers learn?"
        )
    factor = np.linalg.norm(moved[-2]) / np.linalg.norm(wanted[-2])
    assert factor < 1.1, (
        f"A network with the layers of yours moved {factor:.2g} times as far as one epoch takes it."
    )
