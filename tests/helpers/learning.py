"""What test_ppo.py asks of `ppo.py`; all of it runs in a process of its own, since it uses TensorFlow."""

import contextlib
import io
import sys

import numpy as np

from tests.helpers.assignment import ASSIGNMENT

SMALL = {"games": 4, "horizon": 16, "minibatch": 32, "epochs": 1, "max_no_ops": 5}


def module(name):
    """Import a module of the assignment as a student's program would."""
    for folder in (ASSIGNMENT / "ppo", ASSIGNMENT):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    return __import__(name)


def layers_of_policy():
    """Return (output shapes, number of parameters) of the policy."""
    policy = module("exercise").build_policy()
    return [layer.output.shape[1:] for layer in policy.layers], policy.count_params()


def advantages(*arguments):
    """Return the estimated advantages."""
    return module("ppo").estimate_advantages(*arguments)


def gradient_of_objective(log_ratio, advantage, clip):
    """Return how the clipped objective of one step grows with the logarithm of the ratio."""
    import tensorflow as tf

    log_ratio = tf.Variable([log_ratio])
    with tf.GradientTape() as tape:
        objective = module("ppo").clipped_objective(log_ratio, tf.constant([advantage]), clip)
    return float(tape.gradient(objective, log_ratio)[0])


def entropy(probabilities):
    """Return the mean entropy of some distributions."""
    return float(module("ppo").mean_entropy(np.array(probabilities, np.float32)))


def compare_games(steps):
    """Play the same random actions in `Games` and in as many `PongEnv`; return what they ended with.

    Returns:
        (number of differences in observations, rewards and ends, number of games that ended)
    """
    games, envs = module("games").Games(3, max_no_ops=0), []
    for _ in range(3):
        envs.append(module("policy_gradient").PongEnv(max_steps=None))
    together, alone = games.reset(seed=1), np.array([env.reset()[0] for env in envs])
    differences, ended = np.count_nonzero(together != alone), 0
    random = np.random.default_rng(1)
    for actions in random.integers(6, size=(steps, 3)):
        together, rewards, done = games.step(actions)
        for i, env in enumerate(envs):
            alone[i], reward, terminated, _, _ = env.step(int(actions[i]))
            differences += (rewards[i], done[i]) != (reward, terminated)
            if terminated:
                alone[i], _ = env.reset()
                ended += 1
        differences += np.count_nonzero(together != alone)
    return differences, ended


def train(folder, updates, interrupt_after=None, **changes):
    """Train with small games; return (rows, all weights), also of a run interrupted after a row."""
    ppo = module("ppo")
    ppo.REPORT_EVERY = 5
    settings = ppo.Settings(steps=64 * updates, **SMALL | changes)
    show = ppo.progress.show

    def interrupt(row, steps):
        if row["steps"] == interrupt_after * 5 * settings.batch:
            raise KeyboardInterrupt

    ppo.progress.show = interrupt if interrupt_after else show
    trainer = ppo.Trainer(settings, folder)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(KeyboardInterrupt):
        trainer.run()
    ppo.progress.show = show
    return trainer.rows, state(trainer)


def begin(folder, updates, **changes):
    """Return (rows, all weights) of a run before it begins or goes on, or the error's sentence."""
    ppo = module("ppo")
    settings = ppo.Settings(steps=64 * updates, **SMALL | changes)
    try:
        trainer = ppo.Trainer(settings, folder)
    except ppo.progress.OtherSettingsError as error:
        return str(error)
    return trainer.rows, state(trainer)


def state(trainer):
    """Return what a run goes on with: the weights of policy and critic, and the optimiser's numbers."""
    moments = [np.array(variable) for variable in trainer.optimizer.variables[2:]]
    return [*trainer.actor_critic.get_weights(), *moments]


def learn_from_praise(folder, praised):
    """Return the mean probability of an action, before and after learning that it goes well."""
    ppo = module("ppo")
    settings = ppo.Settings(**SMALL)
    trainer = ppo.Trainer(settings, folder)
    random = np.random.default_rng(0)
    observations = random.integers(2, size=(settings.batch, 80, 80, 2), dtype=np.uint8)
    actions = random.integers(6, size=settings.batch, dtype=np.int32)
    probabilities = trainer.policy.predict_on_batch(observations)
    batch = (
        observations,
        actions,
        np.log(probabilities[np.arange(settings.batch), actions]),
        np.where(actions == praised, 1, -1).astype(np.float32),
        np.zeros(settings.batch, np.float32),
    )
    trainer.learn(batch, np.float32(0))
    after = trainer.policy.predict_on_batch(observations)
    return probabilities[:, praised].mean(), after[:, praised].mean()


def policy_of(notebook):
    """Return the number of parameters of the network that a notebook builds, or why there is none."""
    exercise = module("exercise")
    ours, exercise.NOTEBOOK = exercise.NOTEBOOK, notebook
    try:
        return exercise.build_policy().count_params()
    except exercise.UnfinishedError as error:
        return str(error)
    finally:
        exercise.NOTEBOOK = ours
