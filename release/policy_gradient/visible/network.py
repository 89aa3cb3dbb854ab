"""What the visible checks look at in build_model and compile_model."""

import keras
import numpy as np

from visible.stand_ins import SHAPE, Watch, player, screen, teach, trained_agent

PARAMETERS = 235_558
STEEP = 40  # so far apart are the logits of the agent's copy with large numbers in it


def see_model(names):
    """The layers of the table, in their order, with the activations of the text."""
    model, other = names["build_model"](), names["build_model"]()
    assert isinstance(model, keras.Model), (
        "build_model should return a Keras model. Does it end with `return model`?"
    )
    takes = getattr(model, "input_shape", (None, *SHAPE))  # a subclassed model does not say
    assert takes == (None, *SHAPE), (
        f"The model takes observations of shape {takes[1:]}. Ours have 80 x 80 pixels and two channels."
    )
    observations = _observations()
    start = np.asarray(model(observations))
    assert start.shape == (len(observations), 6), (
        f"The model's output has shape {start.shape[1:]}. "
        "It should be one probability for each of the six actions."
    )
    assert model.count_params() == PARAMETERS, (
        f"The model has {model.count_params():,} parameters instead of {PARAMETERS:,}. "
        "Compare build_model().summary() with the table, layer by layer."
    )
    probable = (start >= 0).all() and np.allclose(start.sum(axis=1), 1, atol=1e-3)
    assert probable, (
        "The six outputs are no probabilities: they should be positive and sum to 1. Which activation "
        "makes them so?"
    )
    assert start.max() < 0.8, (
        "The untrained model is already sure of an action. Leave the initialisers as Keras has them."
    )
    _starts_anew(model, other)
    agent = trained_agent()
    if agent is not None:
        _beside_the_agent(model, agent, observations)
    return "The layers, their activations and the number of parameters are right. On to the loss!"


def _observations():
    """Return sixteen of them: half as in the game, half full of dots."""
    games = [
        np.stack([screen(np.random.randint(6), row, (row, 40)), screen(0, row)], axis=-1)
        for row in range(0, 64, 8)
    ]
    return np.concatenate([games, np.random.random((8, *SHAPE)) < 0.05]).astype(np.float32)


def _starts_anew(model, other):
    """Two models begin with different weights, and so do the units of a layer."""
    assert model is not other, (
        "Called twice, build_model returned the same model twice. Each call should build a new one."
    )
    kernels = [np.array(each) for each in model.get_weights() if each.ndim > 1][:-1]
    others = [np.array(each) for each in other.get_weights() if each.ndim > 1][:-1]
    alike = any(np.ptp(kernel, axis=-1).max() == 0 for kernel in kernels)
    alike = alike or any(map(np.array_equal, kernels, others))
    assert not alike, (
        "The weights of a layer do not start at random, so its units would all learn the same. Leave the "
        "initialisers as Keras has them."
    )


def _beside_the_agent(model, agent, observations):
    """Compare with the trained agent, which has the same layers: with the same weights, both do the same."""
    by_shape = {weights.shape: weights for weights in agent.get_weights()}
    assert sorted(w.shape for w in model.get_weights()) == sorted(by_shape), (
        "The layers have other weights than those of the table. Compare build_model().summary() with it."
    )
    order = [weights.shape for weights in model.get_weights()]
    teach(agent, 1e-3), teach(model, 1e-3)
    for weights in (_steep(agent, observations), by_shape):
        agent.set_weights([weights[shape] for shape in by_shape])
        model.set_weights([weights[shape] for shape in order])
        wanted = np.asarray(agent(observations))
        for answer in (model(observations), model.predict_on_batch(observations)):
            assert np.allclose(_logs(answer), _logs(wanted), atol=0.02), (
                "With the weights of the trained agent your model predicts something else than the agent. "
                "Compare strides, padding and activation of each layer with the text, and look for what "
                "stands there beside these layers."
            )
    _learns_alike(model, agent, observations)


def _steep(agent, observations):
    """Return the agent's weights by shape, made so large that whatever bounds a number would show."""
    weights = {each.shape: each.copy() for each in agent.get_weights()}
    first, second, *_, last, _ = weights
    weights[first] *= 30
    weights[second] *= 30
    agent.set_weights(list(weights.values()))
    logs = _logs(agent(observations))
    weights[last] *= STEEP / max(np.ptp(logs, axis=1).mean(), 1)
    return weights


def _logs(probabilities):
    return np.log(np.maximum(np.asarray(probabilities), 1e-30))


def _learns_alike(model, agent, observations):
    """After one training step, both have the same weights."""
    actions = np.eye(6)[np.arange(len(observations)) % 6]
    weights = np.linspace(-1, 1.5, len(observations))
    for each in (
        model,
        agent,
    ):  # less sure of themselves: a bound in the loss would stop the learning
        each.set_weights([w / 10 if w.shape[-1] == 6 else w for w in each.get_weights()])
    for each in (model, agent):
        each.fit(
            observations, actions, sample_weight=weights, batch_size=32, verbose=0, shuffle=False
        )
    after = {each.shape: each for each in model.get_weights()}
    same = [
        np.allclose(after[each.shape], each, rtol=1e-3, atol=1e-5) for each in agent.get_weights()
    ]
    learning = len(model.trainable_variables) == len(agent.trainable_variables)
    assert all([*same, learning, not model.losses]), (
        "While it is trained, your model does something that was not asked for. Does a layer drop "
        "something, add a penalty, bound its weights or not learn, or does the model learn in its own way?"
    )


def see_compiling(names):
    """Adam with the rate that it was given, and the cross-entropy for one-hot labels."""
    model = player(np.full((6, 6), 1 / 6), compiled=False)
    before = Watch(model)
    for rate in (0.25, 0.001, 1e-6):
        names["compile_model"](model, rate)
        assert model.compiled, (
            "The model that compile_model got is not compiled. Does your code call its compile?"
        )
        assert isinstance(model.optimizer, keras.optimizers.Adam), "The optimiser should be Adam."
        _same_rate(model.optimizer, rate)
    usual, found = keras.optimizers.Adam(rate).get_config(), model.optimizer.get_config()
    others = [
        name
        for name in usual
        if name not in ("name", "learning_rate") and found[name] != usual[name]
    ]
    assert not others, f"Adam should have its usual settings, but {', '.join(others)} was set."
    _right_loss(model)
    before.before["optimiser"] = before.looks()["optimiser"]
    changed = before.changed()
    assert not changed, (
        f"compile_model should only compile, but afterwards the model's {changed} were not as before."
    )
    _takes_a_step(names)
    return "The model is ready for training."


def _same_rate(optimizer, rate):
    """The rate is the one asked for, at the start and after many steps."""
    for steps in (0, 500, 20_000, 0):
        optimizer.iterations.assign(steps)
        found = float(optimizer.learning_rate)
        assert abs(found / rate - 1) < 1e-3, (
            f"We asked for a learning rate of {rate}, but after {steps} training steps the optimiser had "
            f"{found:.2g}. Does it use the argument learning_rate, and nothing else?"
        )


def _right_loss(model):
    """The losses of a few predictions, also of improbable actions, are those of the text."""
    probabilities = np.array([[0.5, 0.2, 0.1, 0.1, 0.0999, 0.0001]] * 3, np.float32)
    labels, weights = np.eye(6)[[1, 5, 0]], np.array([1.0, -2.0, 0.5])
    sentence = (
        "The loss should be the cross-entropy for one-hot labels. Look up its name in the text."
    )
    wanted = -np.log([0.2, 0.0001, 0.5]) * weights
    try:
        losses = [
            float(model.compute_loss(None, labels[[i]], probabilities[[i]], weights[[i]]))
            for i in range(3)
        ]
    except Exception:  # whatever Keras has to say of another loss
        raise AssertionError(sentence) from None
    assert np.allclose(losses, wanted, rtol=1e-3), sentence


def _takes_a_step(names):
    """`fit` moves the weights as Adam moves them."""
    policies = np.random.dirichlet(np.ones(6), 6)
    yours, ours = player(policies, compiled=False), player(policies)
    names["compile_model"](yours, 0.01)
    ours.optimizer.learning_rate = 0.01
    observations, actions = _observations()[:8], np.eye(6)[np.arange(8) % 6]
    for model in (yours, ours):
        model.run_eagerly = True
        weights = np.array([1.0, -0.5] * 4)
        model.fit(observations, actions, 4, sample_weight=weights, verbose=0, shuffle=False)
    moved = [a - b for a, b in zip(yours.get_weights(), ours.get_weights(), strict=True)]
    assert all(np.abs(each).max() < 1e-4 for each in moved), (
        "Trained for two steps, the model had other weights than one with Adam and its usual settings. "
        "What else than loss and optimiser does compile_model set?"
    )
