"""Do draws come from the distribution that they should come from? Looked at one after the other.

For each way in which a wrong function might draw, a rival, the likelihood ratio of the rival and the right
distribution is followed draw by draw. For right draws such a ratio is a martingale that starts at 1, so it
ever reaches 1/a with a probability of at most a (Ville 1939, "Étude critique de la notion de collectif");
in the same way, for a rival's draws it ever falls to b with a probability of at most b. So nobody draws
more than is needed: the test ends where one ratio has reached 1/FALSE_ALARM, or all have fallen to MISSED
(Wald 1945, "Sequential Tests of Statistical Hypotheses", Annals of Mathematical Statistics 16).
"""

from collections.abc import Callable, Sequence

import numpy as np

from autograder.checker.expect import Floats

FALSE_ALARM = 1e-12  # of one rival; all checks of a submission follow fewer than 200
MISSED = 1e-4  # of one rival that is told apart
CLEAR = 0.02  # nats a draw; a rival that is nearer to the distribution is told apart by another one
MOST = 6000  # draws
NR_ACTIONS = 6


def usual_rivals(p: Floats) -> list[Floats]:
    """Return the distributions of those who draw otherwise than from `p` (6,), each draw by itself."""
    greedy = np.eye(NR_ACTIONS)[p.argmax()]
    rare = np.where(p < 0.06, 0, p)
    exponentials = np.exp(p)
    tables = [
        p**1.3,
        p ** (1 / 1.3),
        0.95 * p + 0.05 / NR_ACTIONS,
        7 / 8 * p + 1 / 8 * greedy,
        rare if rare.any() else p,
        exponentials,  # a second softmax
        np.full(NR_ACTIONS, 1.0),
        greedy,
        np.roll(p, 1),
    ]
    return [table / table.sum() for table in tables]


class Draws:
    """Draws that should be independent and from `p` (6,), none of it 0.

    `rivals` are distributions (6,) that this test has to tell apart, the usual ones if there are none. With
    at least so many draws, whoever draws from another distribution has shown it even if it is no rival.
    """

    def __init__(self, p: Floats, rivals: Sequence[Floats] | None = None, least: int = 200) -> None:
        self._least = least
        self._p = np.asarray(p, float)
        self._log_p = np.log(self._p)
        with np.errstate(divide="ignore"):
            tables = np.log(rivals or usual_rivals(self._p)) - self._log_p
        with np.errstate(invalid="ignore"):
            distances = -np.nansum(np.where(self._p > 1e-12, self._p * tables, 0), axis=1)
        self._tables = tables[distances > CLEAR]
        self._ratios = np.zeros(len(self._tables))
        self._held = np.zeros(3)  # pairs from the first draw on, from the second on, half of all
        self._can_hold = (
            self._p**2
        ).sum() < 0.9  # where one action comes all the time, nobody could see it
        self._counts = np.full(NR_ACTIONS, 0.5)
        self._any = 0.0
        self._last: int | None = None
        self.seen = 0
        self.refuted = False

    @property
    def decided(self) -> bool:
        """Whether no more draws are needed."""
        accepted = self.seen >= self._least and self._largest() <= np.log(MISSED)
        return self.refuted or accepted or self.seen >= MOST

    def look(self, actions: Sequence[int]) -> None:
        """Take in more draws."""
        for action in actions:
            self._ratios += self._tables[:, action]
            self._hold(action)
            self._learn(action)
            self.refuted |= max(self._largest(), self._any) >= -np.log(FALSE_ALARM)
            self._last, self.seen = action, self.seen + 1

    def _largest(self) -> float:
        held = self._held.max() if self._can_hold else -np.inf
        return float(self._ratios.max(initial=held))

    def _hold(self, action: int) -> None:
        """Follow the rivals who give each draw twice, or give the last one again half of the time."""
        if self._last is None:
            return
        same = action == self._last
        again = -self._log_p[action] if same else -np.inf
        self._held[(self.seen + 1) % 2] += again
        p = self._p[action]
        self._held[2] += np.log(0.5 * same + 0.5 * p) - self._log_p[action]

    def _learn(self, action: int) -> None:
        """Follow the rival whose distribution is what has come so far.

        It finds in time whoever draws from one distribution, whatever it is (Krichevsky and Trofimov 1981,
        "The performance of universal encoding", IEEE Transactions on Information Theory 27).
        """
        self._any += np.log(self._counts[action] / self._counts.sum()) - self._log_p[action]
        self._counts[action] += 1


def all_fit(draw: Callable[[int, int], Sequence[int]], tests: Sequence[Draws], step: int) -> bool:
    """Draw for each of several distributions in turns until all is clear; tell whether all fit.

    `draw(number, count)` draws so often, `step` times in a turn, from the distribution of that number.
    """
    while not all(test.decided for test in tests):
        for number, test in enumerate(tests):
            test.look(draw(number, step))
        if any(test.refuted for test in tests):
            return False
    return True
