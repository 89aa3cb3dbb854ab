"""The program that trained `trained/pong.h5`: proximal policy optimisation (PPO) on Pong.

You wrote REINFORCE: play one episode, weigh every action by what followed, take one step, throw
the episode away. PPO keeps that idea and mends what makes it slow:

1. It plays many games at once, so that one update sees many situations instead of one game.
2. A second output of the network, the critic, predicts the return. What counts for an action is
   no longer its return but its advantage: how much better than predicted it went.
3. It uses each step several times. That is safe only while the policy stays close to the one
   that played, and the clipped objective sees to it.

Sources: Schulman et al., "Proximal Policy Optimization Algorithms", 2017 (arXiv:1707.06347);
Schulman et al., "High-Dimensional Continuous Control Using Generalized Advantage Estimation",
2015 (arXiv:1506.02438); the details that matter in practice from Huang et al., "The 37
Implementation Details of Proximal Policy Optimization", ICLR Blog Track, 2022.

    python ppo.py                  trains, about an hour and a half on two processor cores
    python ppo.py --steps 50000    a short try
"""

import argparse
import csv
import dataclasses
import json
import pathlib
import time

import ale_py
import gymnasium as gym
import keras
import numpy as np
import tensorflow as tf
from ale_py.vector_env import AtariVectorEnv
from keras import Model
from keras.layers import Conv2D, Dense, Flatten, Input
from policy_gradient import FRAME_SKIP, shrink

HERE = pathlib.Path(__file__).parent
REPORT_EVERY = 25  # updates between two rows of progress
TRY_FROM = 17  # below this score the policy is not worth trying with argmax


@dataclasses.dataclass(frozen=True)
class Settings:
    """All that decides a training run."""

    seed: int = 1
    steps: int = 5_000_000  # steps of the environment in all games together
    games: int = 32  # games played at the same time
    horizon: int = 64  # steps in each game between two updates
    epochs: int = 3  # times that an update goes through these steps
    minibatch: int = 256  # steps per step of the optimizer
    learning_rate: float = 5e-4  # at the start; falls to 0 along a line
    gamma: float = 0.99  # discount of the returns
    gae_lambda: float = 0.95  # 0 trusts the critic alone, 1 the rewards alone
    clip: float = 0.1  # how far an action's probability may move in one update
    entropy_weight: float = 0.01  # at the start; falls to 0 along a line
    value_weight: float = 0.5
    max_gradient: float = 0.5  # norm to which all gradients together are cut
    max_no_ops: int = 120  # frames at a game's start in which nothing is done, at most

    @property
    def batch(self):
        """Steps that one update learns from."""
        return self.games * self.horizon

    @property
    def updates(self):
        """How often the network is updated in the whole run."""
        return self.steps // self.batch


def build_model():
    """Return the policy: the network of the exercise, with 235,558 parameters."""
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    hidden = Dense(128, activation="relu")(Flatten()(conv2))
    action = Dense(6, activation="softmax")(hidden)
    return Model(observation, action, name="pong")


def add_critic(model):
    """Return a model with two outputs: those of `model`, and the predicted return.

    The critic is one more layer on the policy's last hidden layer, so that both learn to see
    Pong together. It is not part of `model` and is not saved with it.
    """
    value = Dense(1, name="value")(model.layers[-2].output)
    return Model(model.input, [model.output, value], name="actor_critic")


class Games:
    """Many games of Pong played side by side, a new one begun wherever one ends.

    The emulators run in threads of ale-py. Observations are what `PongEnv` gives, pixel for
    pixel, as uint8 of shape (games, 80, 80, 2).
    """

    def __init__(self, games, max_no_ops, max_frames=108_000):
        """Start the emulators.

        Args:
            games: how many.
            max_no_ops: a game begins after 1 to so many frames in which nothing is done, so
                that no two games are alike (Mnih et al., "Human-level control through deep
                reinforcement learning", Nature 518, 2015). 0 for none.
            max_frames: a game that lasts so long is ended.
        """
        self.envs = AtariVectorEnv(
            "pong",
            games,
            img_height=210,
            img_width=160,
            stack_num=1,
            frameskip=FRAME_SKIP,
            maxpool=False,
            noop_max=max_no_ops,
            use_fire_reset=False,
            reward_clipping=False,
            max_num_frames_per_episode=max_frames,
            autoreset_mode=gym.vector.AutoresetMode.SAME_STEP,
        )

    def reset(self, seed):
        """Begin all games; return their observations."""
        screens, _ = self.envs.reset(seed=seed)
        frames = shrink(screens[:, 0])
        self.observations = np.stack((frames, frames), axis=-1).astype(np.uint8)
        return self.observations

    def step(self, actions):
        """Take one action in each game.

        Returns:
            (observations, rewards, done): where `done`, the game has ended with this reward and
            the observation is the first one of the next.
        """
        screens, rewards, terminated, truncated, _ = self.envs.step(actions)
        frames, done = shrink(screens[:, 0]), terminated | truncated
        previous = np.where(done[:, None, None], frames, self.observations[..., 0])
        self.observations = np.stack((frames, previous), axis=-1).astype(np.uint8)
        return self.observations, rewards.astype(np.float32), done


def estimate_advantages(rewards, values, done, last_values, gamma, gae_lambda):
    """Return how much better than predicted each action was, float32, shape (T, games).

    Generalised advantage estimation (Schulman et al. 2015, equation 16), computed backwards like
    the returns of the exercise. With V the critic and delta = R + gamma V(S') - V(S) its error in
    one step, A = delta + gamma lambda A', where the prime means one step later.

    Args:
        rewards, values, done: of the T steps, shape (T, games).
        last_values: the critic's prediction after the last step, shape (games,).
    """
    advantages = np.zeros_like(rewards)
    advantage, next_values = np.zeros_like(last_values), last_values
    for t in reversed(range(len(rewards))):
        goes_on = 1.0 - done[t]  # nothing that happens after a game's end belongs to it
        delta = rewards[t] + gamma * goes_on * next_values - values[t]
        advantage = delta + gamma * gae_lambda * goes_on * advantage
        advantages[t], next_values = advantage, values[t]
    return advantages


def log_probability(probabilities, actions):
    """Return log pi(A|S) of the actions taken, shape (steps,)."""
    chosen = tf.gather(probabilities, actions, batch_dims=1)
    return tf.math.log(tf.maximum(chosen, 1e-8))


def ppo_loss(settings, outputs, batch, entropy_weight):
    """Return the loss that one step of the optimizer makes smaller, and the policy's entropy.

    Args:
        outputs: (probabilities, values) of the network for the batch, now.
        batch: actions, their log-probability when they were taken, advantages and returns.
    """
    probabilities, values = outputs
    ratio = tf.exp(log_probability(probabilities, batch["actions"]) - batch["log_probability"])
    advantages = batch["advantages"]
    advantages = (advantages - tf.reduce_mean(advantages)) / (tf.math.reduce_std(advantages) + 1e-8)
    # The clipped objective (Schulman et al. 2017, equation 7): once the ratio has left the
    # interval in the direction that the advantage asks for, there is nothing more to gain.
    clipped = tf.clip_by_value(ratio, 1 - settings.clip, 1 + settings.clip)
    objective = tf.reduce_mean(tf.minimum(ratio * advantages, clipped * advantages))
    # The critic learns the returns by least squares (equation 9, L^VF).
    value_loss = 0.5 * tf.reduce_mean((values[:, 0] - batch["returns"]) ** 2)
    # The entropy bonus (equation 9, after Williams and Peng, "Function optimization using
    # connectionist reinforcement learning algorithms", 1991) keeps the policy from settling early.
    log_probabilities = tf.math.log(tf.maximum(probabilities, 1e-8))
    entropy = -tf.reduce_mean(tf.reduce_sum(probabilities * log_probabilities, axis=1))
    return settings.value_weight * value_loss - objective - entropy_weight * entropy, entropy


class Trainer:
    """Plays, learns, and writes what it has reached into a folder, from where it goes on.

    Files in the folder: `checkpoint*` (weights of policy and critic, state of the optimizer),
    `progress.csv` (a row every few updates), `settings.json`, `best.h5` (the policy that did best
    when it was tried with argmax).
    """

    def __init__(self, settings, folder):
        """Prepare a run, or go on with the one that `folder` holds.

        Raises:
            ValueError: if the folder holds a run with other settings.
        """
        self.settings = settings
        self.folder = folder
        self.model = build_model()
        self.actor_critic = add_critic(self.model)
        self.optimizer = keras.optimizers.Adam(settings.learning_rate, epsilon=1e-5)
        self.optimizer.build(self.actor_critic.trainable_variables)
        self.checkpoints = tf.train.CheckpointManager(
            tf.train.Checkpoint(model=self.actor_critic, optimizer=self.optimizer),
            folder / "checkpoints",
            max_to_keep=2,
        )
        self.rows = []
        self.seconds = 0.0  # of all sessions together
        self._resume()

    def run(self):
        """Train to the end; interrupt it whenever you like, it goes on from the last minute."""
        settings = self.settings
        keras.utils.set_random_seed(settings.seed + len(self.rows))
        self.random = np.random.default_rng((settings.seed, len(self.rows)))
        self.games = Games(settings.games, settings.max_no_ops)
        self.games.reset(seed=settings.seed + 1000 * len(self.rows))
        self.score, self.scores = np.zeros(settings.games), []
        start = time.perf_counter() - self.seconds
        for update in range(REPORT_EVERY * len(self.rows), settings.updates):
            left = 1 - update / settings.updates
            self.optimizer.learning_rate.assign(settings.learning_rate * left)
            losses = self._learn(self._play(), tf.constant(settings.entropy_weight * left))
            if (update + 1) % REPORT_EVERY == 0:
                self.seconds = time.perf_counter() - start
                self._report(update + 1, losses)

    def _play(self):
        """Play `horizon` steps in all games; return what was seen and done, by name."""
        settings, games = self.settings, self.games
        shape = (settings.horizon, settings.games)
        batch = {
            "observations": np.empty((*shape, 80, 80, 2), np.uint8),
            "actions": np.empty(shape, np.int32),
            "log_probability": np.empty(shape, np.float32),
        }
        values, rewards, done = (np.empty(shape, np.float32) for _ in range(3))
        for t in range(settings.horizon):
            batch["observations"][t] = games.observations
            action, log_probability_, value = self._act(games.observations)
            batch["actions"][t], batch["log_probability"][t] = action, log_probability_
            values[t] = value
            _, rewards[t], done[t] = games.step(action.numpy())
            self._count_scores(rewards[t], done[t] > 0)
        last_values = self._act(games.observations)[2].numpy()
        batch["advantages"] = estimate_advantages(
            rewards, values, done, last_values, settings.gamma, settings.gae_lambda
        )
        batch["returns"] = batch["advantages"] + values
        return {name: array.reshape(-1, *array.shape[2:]) for name, array in batch.items()}

    def _learn(self, batch, entropy_weight):
        """Go through the batch `epochs` times, in minibatches drawn without replacement."""
        settings, losses = self.settings, []
        for _ in range(settings.epochs):
            order = self.random.permutation(settings.batch)
            for part in np.split(order, settings.batch // settings.minibatch):
                minibatch = {name: array[part] for name, array in batch.items()}
                losses.append(self._descend(minibatch, entropy_weight))
        return np.mean(losses, axis=0)

    @tf.function(reduce_retracing=True)
    def _act(self, observations):
        """Draw an action in each game; return it, its log-probability and the critic's value."""
        probabilities, values = self.actor_critic(tf.cast(observations, tf.float32))
        logits = tf.math.log(tf.maximum(probabilities, 1e-8))
        actions = tf.random.categorical(logits, 1, dtype=tf.int32)[:, 0]
        return actions, log_probability(probabilities, actions), values[:, 0]

    @tf.function(reduce_retracing=True)
    def _descend(self, batch, entropy_weight):
        """Take one step of the optimizer; return the loss and the entropy."""
        variables = self.actor_critic.trainable_variables
        with tf.GradientTape() as tape:
            outputs = self.actor_critic(tf.cast(batch["observations"], tf.float32))
            loss, entropy = ppo_loss(self.settings, outputs, batch, entropy_weight)
        gradients = tape.gradient(loss, variables)
        gradients, _ = tf.clip_by_global_norm(gradients, self.settings.max_gradient)
        self.optimizer.apply(gradients, variables)
        return loss, entropy

    def _count_scores(self, rewards, done):
        self.score += rewards
        self.scores = [*self.scores, *self.score[done]][-100:]
        self.score[done] = 0

    def _report(self, updates, losses):
        """Add a row to the progress, save everything, and keep the policy if it is the best."""
        score = float(np.mean(self.scores)) if self.scores else float("nan")
        tried = score > TRY_FROM or updates == self.settings.updates
        greedy = greedy_scores(self.model, games=32, seed=10_000) if tried else [-21.0]
        row = {
            "steps": updates * self.settings.batch,
            "minutes": round(self.seconds / 60, 2),
            "score": round(score, 2),
            "greedy_score": round(float(np.mean(greedy)), 2),
            "entropy": round(float(losses[1]), 3),
        }
        best = max((each["greedy_score"] for each in self.rows), default=-np.inf)
        if row["greedy_score"] >= best:
            self.model.save(self.folder / "best.h5")
        self.rows.append(row)
        print("  ".join(f"{name} {value:,}" for name, value in row.items()), flush=True)
        self.checkpoints.save()
        write_rows(self.folder / "progress.csv", self.rows)

    def _resume(self):
        rows = self.folder / "progress.csv"
        if not rows.exists():
            return
        self.rows = read_rows(rows)
        self.checkpoints.checkpoint.restore(self.checkpoints.latest_checkpoint).assert_consumed()
        self.seconds = 60 * self.rows[-1]["minutes"]


def greedy_scores(model, games, seed):
    """Play the most probable actions in so many games, each begun differently; return the scores.

    A game of more than 20,000 frames counts as it stands then.
    """
    envs = Games(games, max_no_ops=120, max_frames=20_000)
    observations = envs.reset(seed)
    predict = tf.function(lambda batch: tf.argmax(model(tf.cast(batch, tf.float32)), axis=1))
    scores, running = np.zeros(games), np.ones(games, bool)
    while running.any():
        observations, rewards, done = envs.step(predict(observations).numpy())
        scores += rewards * running
        running &= ~done
    return scores


def read_rows(path):
    """Return the rows of a CSV file as dictionaries of numbers."""
    with path.open(newline="") as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


def write_rows(path, rows):
    """Write dictionaries with the same keys as a CSV file."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def main():
    """Train, and say where the agent is."""
    parser = argparse.ArgumentParser(description="Train an agent for Pong with PPO.")
    parser.add_argument("--steps", type=int, default=Settings.steps)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--folder", type=pathlib.Path, default=HERE / "training")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(steps=arguments.steps, seed=arguments.seed)
    Trainer(settings, arguments.folder).run()


if __name__ == "__main__":
    main()
