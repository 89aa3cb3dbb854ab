"""The program that trained `trained/pong.h5`: proximal policy optimisation (PPO) on Pong.

You wrote REINFORCE: play one game, weigh every action by what followed, take one step, throw the
game away. PPO keeps that idea and mends three things:

1. It plays many games at once, so that an update learns from many situations.
2. A critic predicts the return. What counts for an action is no longer its return but its
   advantage: how much better than predicted it went.
3. It learns from every step several times. That is safe only while the policy stays close to the
   one that has played: the clipped objective takes away all gain from leaving it.

Read it from the top. The algorithm is from Schulman et al., "Proximal Policy Optimization
Algorithms", 2017 (arXiv:1707.06347), below called PPO; details that matter in practice are from
Huang et al., "The 37 Implementation Details of Proximal Policy Optimization", 2022.

    python ppo/ppo.py                                train: an hour or two on two processor cores
    python ppo/ppo.py --steps 100000 --folder try    have a short try, in a folder of its own
"""

import argparse
import dataclasses
import logging
import os
import pathlib
import sys
import time

sys.path.append(
    str(pathlib.Path(__file__).resolve().parent.parent)
)  # policy_gradient.py lies there
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow talks a lot otherwise

import keras
import numpy as np
import progress
import tensorflow as tf
from exercise import UnfinishedError, build_policy
from games import Games, play_greedily
from keras import Model
from keras.layers import Dense

REPORT_EVERY = 25  # updates between two rows of progress
TRY_EVERY = 4  # reports between two trials with argmax, of policies that score at least:
TRY_FROM = 18


@dataclasses.dataclass(frozen=True)
class Settings:
    """All that decides a training run."""

    seed: int = 1
    steps: int = 4_000_000  # of all games together
    games: int = 32  # played at the same time
    horizon: int = 64  # steps in each game between two updates
    epochs: int = 3  # how often an update goes through these steps
    minibatch: int = 256  # steps that one step of gradient descent looks at
    learning_rate: float = 5e-4  # at the start; it falls to 0 in a straight line
    gamma: float = 0.99  # discount of the returns
    gae_lambda: float = 0.95  # 0 trusts the critic alone, 1 the rewards alone
    clip: float = 0.1  # relative change of an action's probability beyond which more gains nothing
    entropy_weight: float = 0.01  # at the start; it falls to 0 in a straight line
    value_weight: float = 0.5  # of the critic's loss
    max_gradient: float = 0.5  # norm to which the gradient is cut
    max_no_ops: int = 120  # a game starts with fewer emulator frames in which nothing is done

    @property
    def batch(self):
        """Steps that one update learns from."""
        return self.games * self.horizon

    @property
    def updates(self):
        """Updates in the whole run."""
        return self.steps // self.batch


def add_critic(policy):
    """Return a model with two outputs: the policy's probabilities, and the predicted return.

    The critic is one more layer on the policy's last hidden layer, so that both learn to see
    Pong together. It is no part of `policy` and is not saved with it.
    """
    hidden = [layer.output for layer in policy.layers if layer.output.shape[1:] == (128,)][-1]
    value = Dense(1, name="value")(hidden)
    return Model(policy.input, [policy.output, value], name="actor_critic")


def estimate_advantages(rewards, values, done, last_values, gamma, gae_lambda):
    """Return how much better than predicted each action went, float32, shape (T, games).

    Generalised advantage estimation (Schulman et al., "High-Dimensional Continuous Control Using
    Generalized Advantage Estimation", 2015, arXiv:1506.02438, equation 16), for all steps at once:

        delta_t = R_t + gamma V(S_t+1) - V(S_t)         the critic's error in one step
        A_t = sum of (gamma lambda)^(k-t) delta_k       over the steps k >= t of the same game

    Args:
        rewards, values, done: of T steps, shape (T, games); done is 1 where a game ended.
        last_values: the critic's prediction for the state after them, shape (games,).
    """
    next_values = np.concatenate((values[1:], last_values[np.newaxis]))
    deltas = rewards + gamma * (1 - done) * next_values - values
    game = np.cumsum(done, axis=0) - done  # how many games ended before each step
    steps = np.arange(len(rewards))
    distance = steps - steps[:, np.newaxis]  # from each step (row) to each other one
    weights = np.where(distance < 0, 0.0, (gamma * gae_lambda) ** np.abs(distance))
    same_game = game[:, np.newaxis] == game  # what comes after a game's end is not its merit
    return np.einsum("tk,tkg,kg->tg", weights, same_game, deltas).astype(np.float32)


def safe_log(probabilities):
    """Return the logarithm, of 1e-8 where a probability is smaller."""
    return tf.math.log(tf.maximum(probabilities, 1e-8))


def chosen(probabilities, actions):
    """Return the logarithm of the probability of each action, shape (steps,)."""
    return tf.gather(safe_log(probabilities), actions, batch_dims=1)


def clipped_objective(log_ratio, advantages, clip):
    """Return what the policy maximises, a scalar (PPO, equation 7).

    `log_ratio` is log pi(A|S) now minus log pi(A|S) when the action was taken. Once the ratio of
    the two has left [1 - clip, 1 + clip] in the direction that the advantage asks for, going
    further gains nothing: the gradient is 0.
    """
    ratio = tf.exp(log_ratio)
    clipped = tf.clip_by_value(ratio, 1 - clip, 1 + clip)
    return tf.reduce_mean(tf.minimum(ratio * advantages, clipped * advantages))


def mean_entropy(probabilities):
    """Return the mean entropy of the policy, a scalar: log 6 = 1.79 when it knows nothing.

    As a bonus it keeps the policy from settling too early (PPO, equation 9; the idea is from
    Williams and Peng, "Function optimization using connectionist reinforcement learning
    algorithms", Connection Science 3, 1991).
    """
    return -tf.reduce_mean(tf.reduce_sum(probabilities * safe_log(probabilities), axis=1))


class Trainer:
    """Plays and learns, and keeps in a folder what it takes to go on.

    The folder holds `checkpoints` (weights and optimiser), `settings.json`, `learning_curve.csv`
    and `.png`, and `pong.h5`: the policy that scored best with argmax.
    """

    def __init__(self, settings, folder):
        """Prepare a run, or the rest of the one that `folder` holds."""
        keras.utils.set_random_seed(settings.seed)
        self.settings, self.folder = settings, folder
        self.policy = build_policy()  # your network
        self.actor_critic = add_critic(self.policy)
        self.optimizer = keras.optimizers.Adam(settings.learning_rate, epsilon=1e-5)
        self.optimizer.build(self.actor_critic.trainable_variables)
        self.checkpoint = tf.train.Checkpoint(model=self.actor_critic, optimizer=self.optimizer)
        self.games = Games(settings.games, settings.max_no_ops)
        self.trial_games = Games(settings.games, settings.max_no_ops, max_frames=20_000)
        self.rows = progress.begin(folder, dataclasses.asdict(settings), self.checkpoint)

    def run(self):
        """Train to the end. Interrupted, it goes on from its last row of progress."""
        settings, begun = self.settings, len(self.rows)
        # What is drawn at random depends on the seed and on where the run goes on.
        keras.utils.set_random_seed(settings.seed + 1_000 * begun)
        self.games.reset(seed=1_000 * settings.seed + 1_000_000 * begun)
        if begun:
            print(f"Going on after {self.rows[-1]['steps']:,} steps.")
        self.score, self.last_scores = np.zeros(settings.games), []
        minutes = self.rows[-1]["minutes"] if self.rows else 0
        start = time.monotonic() - 60 * minutes
        for update in range(REPORT_EVERY * begun, settings.updates):
            left = 1 - update / settings.updates
            self.optimizer.learning_rate.assign(settings.learning_rate * left)
            entropy = self.learn(self.play(), tf.constant(settings.entropy_weight * left))
            if (update + 1) % REPORT_EVERY == 0 or update + 1 == settings.updates:
                self.report(update + 1, start, entropy)

    def play(self):
        """Play `horizon` steps in all games; return arrays with one entry for each step."""
        settings, games = self.settings, self.games
        shape = (settings.horizon, settings.games)
        observations = np.empty((*shape, 80, 80, 2), np.uint8)
        actions = np.empty(shape, np.int32)
        log_probabilities, values, rewards, done = np.empty((4, *shape), np.float32)
        for t in range(settings.horizon):
            observations[t] = games.observations
            actions[t], log_probabilities[t], values[t] = self.act(games.observations)
            _, rewards[t], done[t] = games.step(actions[t])
            self.keep_score(rewards[t], done[t] == 1)
        _, _, last_values = self.act(games.observations)
        advantages = estimate_advantages(
            rewards, values, done, last_values.numpy(), settings.gamma, settings.gae_lambda
        )
        arrays = (observations, actions, log_probabilities, advantages, advantages + values)
        return [array.reshape(-1, *array.shape[2:]) for array in arrays]

    def keep_score(self, rewards, done):
        """Add up the points of each game; keep the final scores of the last 100."""
        self.score += rewards
        self.last_scores = [*self.last_scores, *self.score[done]][-100:]
        self.score[done] = 0

    @tf.function
    def act(self, observations):
        """Draw an action for each game; return actions, their log-probabilities and the values."""
        probabilities, values = self.actor_critic(tf.cast(observations, tf.float32))
        actions = tf.random.categorical(safe_log(probabilities), 1, dtype=tf.int32)[:, 0]
        return actions, chosen(probabilities, actions), values[:, 0]

    def learn(self, batch, entropy_weight):
        """Go through the batch `epochs` times in random minibatches; return the mean entropy."""
        parts = self.settings.batch // self.settings.minibatch
        entropies = [
            self.descend(*(array[indices] for array in batch), entropy_weight)
            for _ in range(self.settings.epochs)
            for indices in np.split(np.random.permutation(self.settings.batch), parts)
        ]
        return float(np.mean(entropies))

    @tf.function
    def descend(self, observations, actions, old_log, advantages, returns, entropy_weight):
        """Take one step of gradient descent; return the policy's entropy."""
        deviation = tf.math.reduce_std(advantages) + 1e-8
        advantages = (advantages - tf.reduce_mean(advantages)) / deviation
        with tf.GradientTape() as tape:
            probabilities, values = self.actor_critic(tf.cast(observations, tf.float32))
            log_ratio = chosen(probabilities, actions) - old_log
            objective = clipped_objective(log_ratio, advantages, self.settings.clip)
            # The critic learns the returns by least squares.
            value_loss = 0.5 * tf.reduce_mean((values[:, 0] - returns) ** 2)
            entropy = mean_entropy(probabilities)
            loss = self.settings.value_weight * value_loss - objective - entropy_weight * entropy
        gradients = tape.gradient(loss, self.actor_critic.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, self.settings.max_gradient)
        self.optimizer.apply(gradients, self.actor_critic.trainable_variables)
        return entropy

    def report(self, updates, start, entropy):
        """Try the policy where it is due, keep it if none was better, and save how far we are."""
        score = float(np.mean(self.last_scores)) if self.last_scores else float("nan")
        row = {
            "steps": updates * self.settings.batch,
            "score": round(score, 2),
            "argmax_score": float("nan"),
            "entropy": round(entropy, 3),
        }
        due = score >= TRY_FROM and (len(self.rows) + 1) % TRY_EVERY == 0
        if due or updates == self.settings.updates:
            scores = play_greedily(self.trial_games, self.policy, seed=0)
            row["argmax_score"] = round(float(np.mean(scores)), 2)
            if row["argmax_score"] >= np.nanmax([-21, *(r["argmax_score"] for r in self.rows)]):
                self.policy.save(self.folder / "new.h5")  # an interruption here costs nothing
                (self.folder / "new.h5").replace(self.folder / "pong.h5")
        row["minutes"] = round((time.monotonic() - start) / 60, 2)
        self.rows.append(row)
        progress.save(self.folder, self.rows, self.checkpoint)
        progress.show(row, self.settings.steps)


def main():
    """Train. The exit status is 2 where that cannot be, 130 where it was interrupted."""
    parser = argparse.ArgumentParser(description="Train an agent for Pong with PPO.")
    parser.add_argument("--steps", type=int, default=Settings.steps, help="of all games together")
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("training"))
    arguments = parser.parse_args()
    logging.getLogger("absl").setLevel(logging.ERROR)  # each time it calls pong.h5's format old
    settings = Settings(steps=arguments.steps, seed=arguments.seed)
    if settings.updates < 1:
        parser.error(f"--steps must be at least {settings.batch}: that is one update.")
    try:
        Trainer(settings, arguments.folder).run()
        print(f"The training is over. The agent is {arguments.folder / 'pong.h5'}.")
    except (progress.OtherSettingsError, UnfinishedError) as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        print("\nInterrupted. The same command goes on after the last row of the learning curve.")
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
