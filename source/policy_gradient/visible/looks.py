"""What the visible checks look at: small games and small models, and what your code does with them.

Each takes about a second, returns a line for who is right, and raises AssertionError with the first thing
that is not as the text asks for.
"""

import time
from pathlib import Path

import keras
import numpy as np
from utils import Episode

from visible.rehearsal import SHAPE, Game, Rehearsal, is_integer, small_model, the_loop

TRAINED = Path(__file__).parent.parent / "trained" / "pong.h5"
PARAMETERS = 235_558
MOST_SECONDS = 0.6  # that are spent on draws
FEW = 12  # steps of a game


def see_model(names):
    """The layers of the table, in their order, with the activations of the text."""
    model = names["build_model"]()
    assert isinstance(model, keras.Model), (
        "build_model should return a Keras model. Does it end with `return model`?"
    )
    assert model.input_shape == (None, *SHAPE), (
        f"The model takes observations of shape {model.input_shape[1:]}. "
        "Ours have 80 x 80 pixels and two channels."
    )
    assert model.output_shape == (None, 6), (
        f"The model's output has shape {model.output_shape[1:]}. "
        "It should be one probability for each of the six actions."
    )
    assert model.count_params() == PARAMETERS, (
        f"The model has {model.count_params():,} parameters instead of {PARAMETERS:,}. "
        "Compare build_model().summary() with the table, layer by layer."
    )
    observations = (np.random.random((8, *SHAPE)) < 0.05).astype(np.float32)
    start = np.asarray(model(observations))
    positive = (start >= 0).all()
    assert min(positive, np.allclose(start.sum(axis=1), 1, atol=1e-3)), (
        "The six outputs are no probabilities: they should be positive and sum to 1. Which activation "
        "makes them so?"
    )
    assert start.max() < 0.8, (
        "The untrained model is already sure of an action. Leave the initialisers as Keras has them."
    )
    if TRAINED.exists():
        _beside_the_agent(model, observations)
    return "The layers, their activations and the number of parameters are right. On to the loss!"


def _beside_the_agent(model, observations):
    """Compare with the trained agent, which has the same layers: with its weights, both predict the same."""
    agent = keras.models.load_model(TRAINED, compile=False)
    by_shape = {weights.shape: weights for weights in agent.get_weights()}
    assert sorted(w.shape for w in model.get_weights()) == sorted(by_shape), (
        "The layers have other weights than those of the table. Compare build_model().summary() with it."
    )
    model.set_weights([by_shape[weights.shape] for weights in model.get_weights()])
    same = [
        np.allclose(model(observations, training=t), agent(observations), rtol=1e-2, atol=1e-3)
        for t in (False, True)
    ]
    assert same[0], (
        "With the weights of the trained agent your model predicts something else than the agent. Compare "
        "strides, padding and activation of each layer with the text."
    )
    assert all([same[1], not model.losses, len(model.trainable_variables) == len(by_shape)]), (
        "While it is trained, your model does something that was not asked for. Does a layer drop "
        "something, add a penalty, or not learn?"
    )


def see_compiling(names):
    """Adam with the rate that it was given, and the cross-entropy for one-hot labels."""
    for rate in (0.25, 0.001):
        model = small_model(np.zeros((12800, 6)))
        returned = names["compile_model"](model, rate)
        model = returned if isinstance(returned, keras.Model) else model
        assert model.compiled, "The model is not compiled yet. Does your code call compile?"
        assert isinstance(model.optimizer, keras.optimizers.Adam), "The optimiser should be Adam."
        assert abs(float(model.optimizer.learning_rate) / rate - 1) < 1e-3, (
            f"We asked for a learning rate of {rate}, but the optimiser has another one. "
            "Does it use the argument learning_rate?"
        )
    usual, found = keras.optimizers.Adam(rate).get_config(), model.optimizer.get_config()
    others = [
        name
        for name in usual
        if name not in ("name", "learning_rate") and found[name] != usual[name]
    ]
    assert not others, f"Adam should have its usual settings, but {', '.join(others)} was set."
    label, probabilities = np.eye(6)[[1]], np.array([[0.5, 0.2, 0.1, 0.1, 0.05, 0.05]], np.float32)
    sentence = (
        "The loss should be the cross-entropy for one-hot labels. Look up its name in the text."
    )
    try:
        losses = [
            float(model.compute_loss(None, label, probabilities, np.array([weight])))
            for weight in (1.0, -2.0)
        ]
    except Exception:  # whatever Keras has to say of another loss
        raise AssertionError(sentence) from None
    assert np.allclose(losses, [-np.log(0.2), 2 * np.log(0.2)], rtol=1e-3), sentence
    return "The model is ready for training."


def see_draws(names):
    """Draws that follow the policy of the observation, and nothing else."""
    policies = [np.array([0.6, 0.2, 0.1, 0.04, 0.03, 0.03])]
    policies.append(policies[0][[5, 3, 1, 4, 2, 0]])
    weights = np.zeros((12800, 6))
    weights[:2] = np.log(policies)
    observations = np.zeros((2, 12800), np.float32)
    observations[0, 0] = observations[1, 1] = 1
    model, drawn, started = small_model(weights), ([], []), time.monotonic()
    while len(drawn[0]) < 300 and (time.monotonic() - started < MOST_SECONDS or len(drawn[0]) < 10):
        for actions, observation in zip(drawn, observations, strict=True):
            actions.append(names["select_action"](model, observation.reshape(SHAPE).copy()))
    actions = [*drawn[0], *drawn[1]]
    assert all(is_integer(action) for action in actions), (
        f"An action should be an integer, but select_action returned {actions[0]!r}."
    )
    assert all(0 <= action < 6 for action in actions), (
        f"The actions are the numbers from 0 to 5, but we got {sorted(set(map(int, actions)))}."
    )
    for one, policy in zip(drawn, policies, strict=True):
        counts, most = np.bincount(one, minlength=6), len(one)
        apart = np.abs(counts - most * policy) > 6 * np.sqrt(most * policy * (1 - policy)) + 1
        assert not apart.any(), (
            f"A model predicted {policy}. Of {most} actions drawn for it, {counts.tolist()} were 0, 1, 2, "
            "3, 4 and 5: that is not as often as it says. Is each drawn with its probability, from the "
            "prediction for this observation?"
        )
    return f"{len(actions)} actions in two states came as often as the policy says."


def see_game(names):
    """A game from its first observation to its last step, as it was really played."""
    for ending in ("terminated", "truncated"):
        game = Game(FEW, ending)
        with Rehearsal(names, game) as model:
            episode = names["run_episode"](game, model)
        assert isinstance(episode, Episode), "run_episode should return the episode."
        assert game.resets == 1, "run_episode should reset the environment once, at its beginning."
        assert not game.strange, game.strange
        assert len(game.actions) == FEW, (
            f"The game took {FEW} steps and was then {ending}, but run_episode played {len(game.actions)}."
        )
        assert episode.length == FEW, (
            f"{FEW} steps were played, but {episode.length} are stored. Is every step stored once?"
        )
        observations, actions, rewards = episode.get()
        assert np.array_equal(observations, game.observations[:FEW]), (
            "The observations stored are not those for which the actions were chosen: at each step that is "
            "the one from before the step."
        )
        assert np.array_equal(actions, np.eye(6)[game.actions]), (
            "The actions should be stored as one-hot vectors: a 1 at the place of the action taken."
        )
        assert np.allclose(rewards, game.rewards), (
            "The rewards stored are not those that env.step returned for the actions beside them."
        )
    return f"Two games of {FEW} steps were played to their end and remembered."


def see_returns(names):
    """The sum that the text writes down, for a few episodes."""
    discount = names["discount_rewards"]
    examples = [([0.0, 0.0, 1.0], 0.5), ([1, 0, 2], 0.5), ([3.0], 0.9), ([1.0, -1.0, 2.0], 0.0)]
    examples += [([2.0, 1.0, -4.0], 1.0), (np.random.normal(size=30).round(1), 0.9)]
    for example, gamma in examples:
        rewards, given = np.array(example), np.array(example)
        returns = np.asarray(discount(rewards, gamma))
        shown = f"{given}, gamma = {gamma}" if len(given) < 5 else "a longer episode"
        assert returns.shape == given.shape, (
            f"{len(given)} rewards should give {len(given)} returns, but what came back has the shape "
            f"{returns.shape}."
        )
        wanted = [
            sum(gamma ** (k - t) * given[k] for k in range(t, len(given)))
            for t in range(len(given))
        ]
        assert np.allclose(returns, wanted), (
            f"Rewards {shown}: we got the returns {returns if len(given) < 5 else '...'}. Work them out by "
            "hand: the last return is the last reward, and each one before adds gamma times the next."
        )
        assert np.array_equal(rewards, given), "The rewards themselves should stay as they are."
    return f"The returns of {len(examples)} small episodes are right."


def see_training(names):
    """How much each step of an episode counted, and how often: read from what the model learned."""
    for gamma in (0.9, 0.5):
        lesson, model = (
            Episode(20, SHAPE, (6,)),
            small_model(np.random.normal(0, 0.01, (12800, 6)), rate=1e-4),
        )
        pixels = np.random.permutation(12800).reshape(20, 640)
        for step in range(20):
            observation = np.zeros(12800)
            observation[pixels[step]] = 1
            reward = np.random.choice([0.0, 5.0, -5.0])
            lesson.append(
                observation.reshape(SHAPE), np.eye(6)[np.random.randint(6)], reward + 0.01 * step
            )
        _, actions, rewards = lesson.get()
        before, optimizer = model.get_weights()[0], model.optimizer
        towards = np.asarray(model(lesson.get()[0])) - actions
        names["train"](model, lesson, gamma)
        assert model.optimizer is optimizer, (
            "After train the model has another optimiser. It is compiled once, before all training."
        )
        moved = (model.get_weights()[0] - before)[pixels].sum(axis=1) / -1e-4 / 640
        assert np.abs(moved).max() > 0, (
            "The model has the same weights as before. Does your code call fit?"
        )
        counted = (moved * towards).sum(axis=1) / (towards**2).sum(axis=1)
        returns = np.asarray(names["discount_rewards"](rewards.copy(), gamma))
        wanted = (returns - returns.mean()) / returns.std()
        assert np.corrcoef(counted, wanted)[0, 1] > 0.98, (
            "The steps of a small episode did not count as much as their normalised returns say. What is "
            "given as sample weights, and from which gamma?"
        )
        factor = (
            counted @ wanted / (wanted @ wanted)
        )  # below 1 where the loss is a mean over a batch
        assert factor < 1.1, (
            f"The steps of a small episode counted {factor:.2g} times as much as their normalised returns "
            "say. For how many epochs does it train, and are the returns normalised as given?"
        )
    flat, before = Episode(20, SHAPE, (6,)), model.get_weights()[0]
    for _ in range(20):
        flat.append(np.random.random(SHAPE), np.eye(6)[0], 0.0)
    names["train"](model, flat, 0.9)
    assert np.array_equal(model.get_weights()[0], before), (
        "After an episode without any reward the model's weights are not what they were. "
        "What is the standard deviation of returns that are all equal?"
    )
    return "The steps of two small episodes counted as they should, and one without rewards did no harm."


def see_loop(names):
    """What the loop did, and, with three short games in place of real ones, how it does it."""
    scores = names.get("scores", [])
    assert np.size(scores) > 0, (
        "The training loop is still waiting for you: fill in what is missing in the cell above, run it for a "
        "few episodes, then run this cell again."
    )
    steps = getattr(getattr(names.get("model"), "optimizer", None), "iterations", 0)
    assert int(steps) > 0, (
        "Episodes were played, but the model has not been trained on them. "
        "Does the loop call train with the model?"
    )
    problem = the_loop(names)
    assert not problem, problem
    return f"{len(scores)} episodes were played, the best with a score of {max(scores):.0f}."
