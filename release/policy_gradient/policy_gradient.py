"""Atari Pong as an environment of two black-and-white frames of 80 x 80 pixels."""

import ale_py
import gymnasium as gym
import numpy as np
from ale_py import roms

FRAME_SKIP = 4  # emulator frames per step
FRAME_RATE = 60  # emulator frames per second on a real console
PLAYING_FIELD = slice(34, 194)  # rows between the two white walls, below the scores
# The empty field, in the game and in its first two frames: numbers of colours, and in grey.
BACKGROUND_COLOURS, BACKGROUND_GREYS = (34, 228), (87, 107)

# Without this the emulator greets every new environment with a banner on stderr.
ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)


class PongEnv(gym.Env):
    """Pong against the computer: the first to win 21 points wins the game.

    The game is `PongNoFrameskip-v4` of the Arcade Learning Environment (Bellemare et al.,
    "The Arcade Learning Environment", JAIR 47, 2013), without sticky actions. Nothing in it is
    left to chance: the same actions always give the same game, whatever the seed.

    Observation: float32, shape (80, 80, 2). Channel 0 is the current frame, channel 1 the frame
    of the step before; 1.0 where a paddle or the ball is, 0.0 elsewhere. Right after `reset`
    both channels show the first frame.

    Action: an integer, 0 NOOP, 1 FIRE, 2 RIGHT, 3 LEFT, 4 RIGHTFIRE, 5 LEFTFIRE. RIGHT moves
    the paddle up and LEFT moves it down. The action is held for 4 emulator frames.

    Reward: 1.0 for a point won, -1.0 for a point lost, else 0.0.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": FRAME_RATE // FRAME_SKIP}  # noqa: RUF012

    def __init__(self, max_steps=2000, render_mode=None):
        """Start an emulator of its own.

        Args:
            max_steps: an episode is truncated after so many steps; None lets it run to its end.
            render_mode: "rgb_array" lets `render` return the screen; None shows nothing.

        Raises:
            ValueError: if `max_steps` is not positive or `render_mode` is not known.
        """
        if max_steps is not None and max_steps < 1:
            raise ValueError(f"max_steps is a positive number or None, not {max_steps}.")
        if render_mode not in (None, *self.metadata["render_modes"]):
            raise ValueError(f"render_mode is 'rgb_array' or None, not {render_mode!r}.")
        self.observation_space = gym.spaces.Box(0.0, 1.0, (80, 80, 2), np.float32)
        self.action_space = gym.spaces.Discrete(6)
        self.max_steps = max_steps
        self.render_mode = render_mode
        self._emulator = _load_pong()
        self._actions = self._emulator.getMinimalActionSet()
        self._screen = np.empty(self._emulator.getScreenDims(), np.uint8)
        self._frames = np.empty((80, 80, 2), bool)
        self._running = False

    def reset(self, seed=None, options=None):
        """Start a new game; return its first observation and an empty info dictionary."""
        super().reset(seed=seed)
        self._emulator.reset_game()
        self._frames[...] = self._read_frame()[..., np.newaxis]
        self._steps = 0
        self._running = True
        return self._frames.astype(np.float32), {}

    def step(self, action):
        """Hold `action` (an integer from 0 to 5) for 4 emulator frames.

        Returns:
            (observation, reward, terminated, truncated, info): `terminated` when the game is
            over, `truncated` when `max_steps` ended it first.

        Raises:
            gymnasium.error.ResetNeeded: before the first `reset` and after an episode's end.
            gymnasium.error.InvalidAction: if `action` is not an integer from 0 to 5.
        """
        if not self._running:
            raise gym.error.ResetNeeded("The episode is over or has not begun: call reset().")
        if not (isinstance(action, int | np.integer) and 0 <= action < 6):
            raise gym.error.InvalidAction(f"An action is an integer from 0 to 5, not {action!r}.")
        reward = float(self._emulator.act(self._actions[action]))
        self._frames[..., 1] = self._frames[..., 0]
        self._frames[..., 0] = self._read_frame()
        self._steps += 1
        terminated = self._emulator.game_over()
        truncated = not terminated and self._steps == self.max_steps
        self._running = not (terminated or truncated)
        return self._frames.astype(np.float32), reward, terminated, truncated, {}

    def render(self):
        """Return the screen, uint8 of shape (210, 160, 3), or None without "rgb_array"."""
        return self._emulator.getScreenRGB() if self.render_mode == "rgb_array" else None

    def _read_frame(self):
        # The numbers of the console's colours: grey values would have to be looked up first.
        self._emulator.getScreen(self._screen)
        return shrink(self._screen, BACKGROUND_COLOURS)


def shrink(screens, backgrounds=BACKGROUND_GREYS):
    """Return the playing field at half resolution: bool, shape (..., 80, 80).

    Args:
        screens: screens of the emulator, uint8, shape (..., 210, 160).
        backgrounds: the two values that the empty field has in them, one at a time.

    A pixel is True if any of the four pixels that it stands for shows a paddle or the ball.
    Taking every second pixel instead would lose the ball where only one row of it is left,
    which happens at the walls.
    """
    # Two neighbours in a row are read as one number: 257 times the value that both have.
    pairs = screens[..., PLAYING_FIELD, :].view(np.uint16)
    game, start = (257 * value for value in backgrounds)
    drawn = (pairs != game) & (pairs != start)
    return drawn[..., 0::2, :] | drawn[..., 1::2, :]


def _load_pong():
    emulator = ale_py.ALEInterface()
    emulator.setFloat("repeat_action_probability", 0.0)
    emulator.setInt("frame_skip", FRAME_SKIP)  # it holds an action and adds up its rewards itself
    emulator.loadROM(roms.get_rom_path("pong"))
    return emulator
