"""The assignment's environment for tests: its module, ways to play, and what a colour screen shows."""

import numpy as np

from tests.helpers.assignment import load_assignment_module

UNKNOWN, FIELD, BALL, LEFT_PADDLE, RIGHT_PADDLE = range(5)
COLOURS = {
    (144, 72, 17): FIELD,
    (236, 236, 236): BALL,
    (213, 130, 74): LEFT_PADDLE,
    (92, 186, 92): RIGHT_PADDLE,
    # in the first frame of a game only
    (109, 118, 43): FIELD,
    (53, 95, 24): BALL,
    (101, 111, 228): RIGHT_PADDLE,
}


module = load_assignment_module("policy_gradient")
PongEnv = module.PongEnv


def random_actions(count, seed=0):
    """Return actions that are the same on every run, as Python's integers."""
    return np.random.default_rng(seed).integers(6, size=count).tolist()


def play(env, actions, seed=1):
    """Reset `env` and return (observation, reward, terminated, truncated) of the reset and of each step."""
    first, _ = env.reset(seed=seed)
    steps = [(first, 0.0, False, False)]
    for action in actions:
        steps.append(env.step(action)[:4])
        if steps[-1][2] or steps[-1][3]:
            break
    return steps


def same(one, other):
    """Whether two games of `play` are the same, pixel for pixel."""
    return len(one) == len(other) and all(
        np.array_equal(a[0], b[0]) and a[1:] == b[1:] for a, b in zip(one, other, strict=True)
    )


class Follower:
    """Keeps the paddle at the height of the ball: it rarely loses a point."""

    def __init__(self):
        self._ball = 40.0

    def __call__(self, observation, step=0):
        """Return an action for an observation, whichever step it is."""
        frame = observation[:, :, 0]
        paddle = np.flatnonzero(frame[:, 68:].any(axis=1))
        ball = np.flatnonzero(frame[:, 12:68].any(axis=1))
        self._ball = ball.mean() if ball.size else self._ball
        distance = self._ball - (paddle.mean() if paddle.size else 40.0)
        return 0 if abs(distance) < 3 else 3 if distance > 0 else 2


def things(screen):
    """Return what each pixel of a colour screen's playing field shows, uint8 of shape (160, 160)."""
    weights = np.array([65536, 256, 1])
    colours = screen[34:194] @ weights
    found = np.full(colours.shape, UNKNOWN, np.uint8)
    for colour, thing in COLOURS.items():
        found[colours == colour @ weights] = thing
    return found


def halved(pixels):
    """Return booleans of shape (80, 80): whether any of four pixels is True, by definition and not fast."""
    return pixels.reshape(80, 2, 80, 2).any(axis=(1, 3))
