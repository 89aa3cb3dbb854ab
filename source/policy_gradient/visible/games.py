"""A game that looks like Pong and notes what is done in it: with it the visible checks try run_episode."""

import time

import gymnasium
import numpy as np

from visible.stand_ins import PADDLE, SHAPE, player, screen

OFTEN = 0.9  # with this probability the player plays its favourite
HIDDEN = 40, 6  # so often, and for so long, there is no ball
POLICIES = np.full((6, 6), (1 - OFTEN) / 5)
np.fill_diagonal(POLICIES, OFTEN)


def is_integer(value):
    """Tell whether a value is what PongEnv takes for an action: one integer, of Python's or of NumPy's."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool | np.bool_)


class Game(gymnasium.Env):
    """A game of so many steps, with random frames and rewards, that notes what is done.

    `ending` is "terminated" or "truncated". After so many seconds of the processor the game is over early, if
    it has twelve steps.
    """

    def __init__(self, steps, ending, seconds=float("inf")):
        self.observation_space = gymnasium.spaces.Box(0.0, 1.0, SHAPE, np.float32)
        self.action_space = gymnasium.spaces.Discrete(6)
        self.max_steps, self.render_mode = steps if ending == "truncated" else 2000, None
        self.steps, self.ending, self.deadline = steps, ending, time.process_time() + seconds
        self.places = np.random.randint(6, size=steps + 1)
        self._others = np.random.randint(80 - PADDLE, size=steps + 1)
        balls = np.random.permutation(80 * 50)[: steps + 1]
        self._balls = [(ball // 50, 15 + ball % 50) for ball in balls.tolist()]
        for start in range(HIDDEN[0], steps + 1, HIDDEN[0]):  # nothing moves, for some steps
            for t in range(start, min(start + HIDDEN[1], steps + 1)):
                self.places[t], self._others[t] = self.places[start], self._others[start]
                self._balls[t] = None
        self.rewards = np.random.permutation(np.arange(steps) % 7 - 3.0)
        self.actions, self.resets, self.seen = [], 0, None
        self.answers = []  # of select_action, since the last step
        self.alone = []  # for each step: whether run_episode chose the action by itself
        self.strange = ""

    def again(self):
        """Begin anew with the same frames and rewards."""
        self.resets = 0
        return self

    def observation(self, t):
        """Return what is seen before step `t`."""
        frames = [
            screen(self.places[each], self._others[each], self._balls[each])
            for each in (t, max(t - 1, 0))
        ]
        return np.stack(frames, axis=-1)

    def reset(self, *, seed=None, options=None):
        """Begin; return (observation, info)."""
        self.resets += 1
        self.actions, self.alone, self.answers = [], [], []
        self.seen = self.observation(0)
        return self.seen.copy(), {}

    def step(self, action):
        """Play an action; return (observation, reward, terminated, truncated, info)."""
        assert self.resets, "env.step was called before env.reset."
        assert len(self.actions) < self.steps, (
            f"env.step was called again after the step with which the game was {self.ending}. An episode is "
            "over when it is terminated, and also when it is truncated."
        )
        assert is_integer(action), f"env.step wants the action as one integer, not {action!r}."
        if self.answers and int(action) not in self.answers:
            self.strange = self.strange or (
                "An action was played that select_action did not choose for the newest observation."
            )
        self.alone.append(not self.answers)
        self.answers = []
        self.actions.append(int(action))
        t = len(self.actions)
        if t >= 12 and time.process_time() > self.deadline:
            self.steps = t
        over = t == self.steps
        ends = over and self.ending == "terminated", over and self.ending == "truncated"
        self.seen = self.observation(t)
        return self.seen.copy(), float(self.rewards[t - 1]), *ends, {}

    def favourites(self):
        """Return how many actions run_episode chose by itself, and how many of them are the likeliest."""
        alone = np.array(self.alone, bool)
        return alone.sum(), (self.places[: len(alone)] == self.actions)[alone].sum()


class Rehearsal:
    """While it lasts, a game hears what select_action of a notebook is asked and what it answers."""

    def __init__(self, names, model=None):
        self.names, self.own = names, names["select_action"]
        self.model = player(POLICIES) if model is None else model
        self.game = None

    def __enter__(self):
        self.names["select_action"] = self.answer
        return self

    def __exit__(self, *problem):
        self.names["select_action"] = self.own

    def play(self, game):
        """Play a game with the notebook's run_episode; return what that returns."""
        self.game = game
        return self.names["run_episode"](game, self.model)

    def answer(self, model=None, observation=None, *args, **kwargs):
        """Answer as select_action does, and note what it was asked about."""
        game = self.game
        if model is not self.model:
            game.strange = game.strange or (
                "select_action should get the model that run_episode has, and the observation."
            )
        elif observation is None or not np.array_equal(observation, game.seen):
            game.strange = game.strange or (
                "select_action was asked about another observation than the newest one."
            )
        answer = self.own(model, observation, *args, **kwargs)
        game.answers.append(int(answer))
        return answer
