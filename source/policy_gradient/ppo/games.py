"""Many games of Pong at the same time, for `ppo.py`."""

import gymnasium as gym
import numpy as np
from ale_py.vector_env import AtariVectorEnv
from policy_gradient import FRAME_SKIP, shrink


class Games:
    """Games of Pong played side by side, a new one begun wherever one ends.

    The emulators run in threads of ale-py. Observations are those of `PongEnv`, pixel for
    pixel, as uint8 of shape (games, 80, 80, 2).
    """

    def __init__(self, games, max_no_ops, max_frames=108_000):
        """Start the emulators.

        Args:
            games: how many.
            max_no_ops: a game begins after fewer than so many emulator frames in which nothing
                is done, so that not all games are alike (Mnih et al., "Human-level control through
                deep reinforcement learning", Nature 518, 2015); 0 for none.
            max_frames: a game of so many emulator frames is ended as it stands.
        """
        self.observations = None
        self.no_ops = None  # how many it were in each game, at the last reset
        self.envs = AtariVectorEnv(
            "pong",
            games,
            img_height=210,  # the screen as it is: `shrink` makes the observation
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
        """Begin all games anew and return their observations."""
        screens, info = self.envs.reset(seed=seed)
        self.no_ops = info["episode_frame_number"]
        frames = shrink(screens[:, 0])
        self.observations = np.stack((frames, frames), axis=-1).astype(np.uint8)
        return self.observations

    def step(self, actions):
        """Take one action in each game.

        Args:
            actions: integers from 0 to 5, shape (games,).

        Returns:
            (observations, rewards, done): rewards are float32, done is bool, both of shape
            (games,). Where `done`, the game has ended with this reward, and the observation is
            already the first one of the next game.
        """
        screens, rewards, terminated, truncated, _ = self.envs.step(actions)
        frames, done = shrink(screens[:, 0]), terminated | truncated
        previous = np.where(done[:, None, None], frames, self.observations[..., 0])
        self.observations = np.stack((frames, previous), axis=-1).astype(np.uint8)
        return self.observations, rewards.astype(np.float32), done


def play_greedily(games, model, seed):
    """Play each game once to its end with the most probable actions; return the scores.

    Args:
        games: the `Games`; they are begun anew.
        model: a Keras model from observations to probabilities.
        seed: decides how long nothing is done at the start of each game.
    """
    observations = games.reset(seed)
    scores, running = np.zeros(len(observations)), np.ones(len(observations), bool)
    while running.any():
        probabilities = model.predict_on_batch(observations)
        observations, rewards, done = games.step(probabilities.argmax(axis=1))
        scores += rewards * running
        running &= ~done
    return scores
