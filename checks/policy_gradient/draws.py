"""Do draws come from the distribution that they should come from? Looked at one after the other.

For each way in which a wrong function might draw, a rival, the likelihood ratio of the rival and the right
distribution is followed draw by draw. For right draws such a ratio is a martingale that starts at 1, so it
ever reaches 1/a with a probability of at most a (Ville 1939, "Étude critique de la notion de collectif");
in the same way, for a rival's draws it ever falls to b with a probability of at most b. So nobody draws
more than is needed: the test ends where one ratio has reached 1/FALSE_ALARM, or all have fallen to MISSED
(Wald 1945, "Sequential Tests of Statistical Hypotheses", Annals of Mathematical Statistics 16).
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

from autograder.checker.expect import Floats
from checks.policy_gradient.environments import NR_ACTIONS

FALSE_ALARM = 1e-12  # of one rival; all checks of a submission follow fewer than 200
REFUTED = float(-np.log(FALSE_ALARM))
MISSED = 1e-4  # of one rival that is told apart
CLEAR = 0.02  # nats a draw; a rival that is nearer to the distribution is told apart by another one
MOST = 6000  # draws
REMEMBERED = 6  # draws, after which whoever has no chance goes on as they did the last time
SWITCHED = 1e-3  # how probable it is at each draw that chance ends here, or begins again


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
        self._p = np.maximum(p, 1e-300)
        with np.errstate(divide="ignore"):
            tables = np.log(rivals or usual_rivals(self._p)) - np.log(self._p)
        with np.errstate(invalid="ignore"):
            distances = -np.nansum(np.where(self._p > 1e-12, self._p * tables, 0), axis=1)
        self._tables = tables[distances > CLEAR]
        self._ratios = np.zeros(len(self._tables))
        self._each: list[float] = self._p.tolist()  # plain numbers, which cost a tenth of NumPy's
        self._held = [
            0.0,
            0.0,
            0.0,
        ]  # pairs from the first draw on, from the second on, half of all
        self._can_hold = (
            self._p**2
        ).sum() < 0.9  # where one action comes all the time, nobody could see it
        self._counts = [0.5] * NR_ACTIONS
        self._any = 0.0
        self._again = _Again(self._p)
        self._tape = _Tape(self._p)
        self._last: int | None = None
        self.seen = 0
        self.refuted = False

    @property
    def decided(self) -> bool:
        """Whether no more draws are needed."""
        accepted = self.seen >= self._least and self._largest() <= math.log(MISSED)
        return self.refuted or accepted or self.seen >= MOST

    def look(self, actions: Sequence[int]) -> None:
        """Take in more draws."""
        for action in actions:
            self._ratios += self._tables[:, action]
            self._hold(action)
            self._learn(action)
            self._again.look(action)
            self._tape.look(action)
            most = max(self._largest(), self._any, self._again.ratio, self._tape.ratio)
            self.refuted |= most >= REFUTED
            self._last, self.seen = action, self.seen + 1

    def _largest(self) -> float:
        held = max(self._held) if self._can_hold else -math.inf
        return float(self._ratios.max(initial=held))

    def _hold(self, action: int) -> None:
        """Follow the rivals who give each draw twice, or give the last one again half of the time."""
        if self._last is None:
            return
        same, p = action == self._last, self._each[action]
        self._held[(self.seen + 1) % 2] += -math.log(p) if same else -math.inf
        self._held[2] += math.log((0.5 * same + 0.5 * p) / p)

    def _learn(self, action: int) -> None:
        """Follow the rival whose distribution is what has come so far.

        It finds in time whoever draws from one distribution, whatever it is (Krichevsky and Trofimov 1981,
        "The performance of universal encoding", IEEE Transactions on Information Theory 27).
        """
        seen = self.seen + 0.5 * NR_ACTIONS
        self._any += math.log(self._counts[action] / seen / self._each[action])
        self._counts[action] += 1


class _Again:
    """The rival who gives the last action again as often as has come so far, else another one."""

    def __init__(self, p: Floats) -> None:
        self._p = p.tolist()
        self._counts = [0.5, 0.5]  # another one, the same one
        self._last: int | None = None
        self.ratio = 0.0

    def look(self, action: int) -> None:
        last, self._last = self._last, action
        if last is None or self._p[last] > 1 - 1e-9:
            return
        same = action == last
        usual = self._p[last] if same else 1 - self._p[last]
        self.ratio += math.log(self._counts[same] / sum(self._counts) / usual)
        self._counts[same] += 1


class _Tape:
    """The rival without chance: what followed the same few draws the last time, follows again.

    That finds counters, sequences that only fill the unit interval evenly, tapes and seeds that come again,
    and also who draws at first and does so later: at any draw the one may change to the other (Herbster and
    Warmuth 1998, "Tracking the best expert", Machine Learning 32).
    """

    def __init__(self, p: Floats) -> None:
        self._p = p.tolist()
        self._followed: dict[tuple[int, ...], int] = {}
        self._before: tuple[int, ...] = ()
        self._share = SWITCHED  # how probable it is that there is no chance by now
        self.ratio = 0.0

    def look(self, action: int) -> None:
        before = self._before
        expected = self._followed.get(before)
        if len(before) == REMEMBERED:
            self._followed[before] = action
        self._before = (*before[1 - REMEMBERED :], action)
        if expected is None:
            return
        likelier = 0.5 + 0.5 * (action == expected) / self._p[action]
        mixed = 1 + self._share * (likelier - 1)
        self.ratio += math.log(mixed)
        share = self._share * likelier / mixed
        self._share = share + SWITCHED * (1 - 2 * share)


class Chosen:
    """Actions that should each be drawn from a distribution of its own.

    Beside the usual rivals it follows those to whom all likely actions are alike, or only the likeliest
    counts, and the one who goes by rank alone: by how often the likeliest action has come so far, the second
    likeliest, and so on.
    """

    def __init__(self) -> None:
        self._ratios: Floats = np.zeros(1)
        self._counts = np.full(NR_ACTIONS, 0.5)

    def look(self, p: Floats, action: int) -> None:
        """Take in one action, drawn from `p` (6,)."""
        p = np.maximum(p, 1e-30)
        rank = int((p > p[action]).sum())
        by_rank = self._counts[rank] / self._counts.sum()
        with np.errstate(divide="ignore"):
            # Two predictions of the same differ by rounding, so no rival excludes what the policy does not.
            kept = [p > least for least in (0.02, 0.05, 0.1, p.max() - 1e-12)]
            rivals = [*usual_rivals(p), *(0.9 * each / each.sum() + 0.1 * p for each in kept)]
            gained = np.log([by_rank, *(rival[action] for rival in rivals)])
        self._ratios = self._ratios + gained - np.log(p[action])
        self._counts[rank] += 1

    @property
    def refuted(self) -> bool:
        """Whether they were not."""
        return bool(self._ratios.max() >= REFUTED)


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
