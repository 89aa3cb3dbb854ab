"""A game in which a policy gradient learns within a minute: catch the balls."""

import gymnasium as gym
import numpy as np

BALLS = 20  # of an episode
FLIGHT = 4  # steps from the serve to the paddle
BALL, PADDLE = 6, 16  # pixels
MOVE = 8  # pixels of the paddle in a step
UP, DOWN = (2, 4), (3, 5)  # as in Pong


class CatchEnv(gym.Env):
    """Catch 20 balls, one after the other, with the paddle on the right.

    Everything has the form that it has in `PongEnv`: two frames of 80 x 80 pixels, six actions of which two
    each move the paddle up, down and not at all. But a ball flies straight and slowly, the paddle waits in
    the middle for each one, and four steps later it is clear whether it was caught: reward 1, else -1.
    """

    metadata = {"render_modes": []}  # noqa: RUF012

    def __init__(self):
        """Make a game; `reset` begins it."""
        self.observation_space = gym.spaces.Box(0.0, 1.0, (80, 80, 2), np.float32)
        self.action_space = gym.spaces.Discrete(6)
        self.max_steps = None
        self.render_mode = None
        self._frames = np.zeros((80, 80, 2), np.float32)
        self._balls_left = 0

    def reset(self, seed=None, options=None):
        """Start a new game; return its first observation and an empty info dictionary."""
        super().reset(seed=seed)
        self._balls_left = BALLS
        self._serve()
        self._frames[...] = self._draw()[..., np.newaxis]
        return self._frames.copy(), {}

    def step(self, action):
        """Play one action, an integer from 0 to 5.

        Returns:
            (observation, reward, terminated, truncated, info)

        Raises:
            gymnasium.error.ResetNeeded: before the first `reset` and after an episode's end.
            gymnasium.error.InvalidAction: if `action` is not an integer from 0 to 5.
        """
        if not self._balls_left:
            raise gym.error.ResetNeeded("The episode is over or has not begun: call reset().")
        if not (isinstance(action, int | np.integer) and 0 <= action < 6):
            raise gym.error.InvalidAction(f"An action is an integer from 0 to 5, not {action!r}.")
        moved = self._paddle + MOVE * ((action in DOWN) - (action in UP))
        self._paddle = int(np.clip(moved, 0, 80 - PADDLE))
        self._column += MOVE
        self._steps_left -= 1
        reward = 0.0
        if not self._steps_left:
            reward = 1.0 if self._paddle - BALL < self._row < self._paddle + PADDLE else -1.0
            self._balls_left -= 1
            self._serve()
        self._frames[..., 1] = self._frames[..., 0]
        self._frames[..., 0] = self._draw()
        return self._frames.copy(), reward, not self._balls_left, False, {}

    def _serve(self):
        self._steps_left = FLIGHT
        self._paddle = (80 - PADDLE) // 2
        self._column = 70 - BALL - MOVE * FLIGHT
        self._row = int(self.np_random.integers(80 - BALL))

    def _draw(self):
        frame = np.zeros((80, 80), np.float32)
        frame[self._paddle : self._paddle + PADDLE, 70:72] = 1
        frame[self._row : self._row + BALL, self._column : self._column + BALL] = 1
        return frame
