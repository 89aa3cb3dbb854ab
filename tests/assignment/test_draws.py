"""Claims about the test of draws: it accuses nobody wrongly, and finds each rival that it names."""

from collections.abc import Callable, Iterator
from itertools import count, cycle

import numpy as np
import pytest

from autograder.checker.expect import Floats
from checks.policy_gradient.draws import CLEAR, MOST, Chosen, Draws, all_fit, usual_rivals

Sampler = Callable[[int], list[int]]
SHAPES: dict[str, Callable[[np.random.Generator], Floats]] = {
    "skewed": lambda rng: _permuted(rng, 0.75, 20.0),
    "nearly uniform": lambda rng: _permuted(rng, 0.21, 100.0),
    "sure": lambda rng: np.where(np.arange(6) == rng.integers(6), 1.0, 1e-26),
}


def _permuted(rng: np.random.Generator, largest: float, concentration: float) -> Floats:
    others = (1 - largest) * rng.dirichlet(np.full(5, concentration))
    return rng.permutation([largest, *others])


def _fits(p: Floats, sample: Sampler) -> bool:
    return all_fit(lambda _, wanted: sample(wanted), [Draws(p)], 50)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(60))
def test_right_draws_fit(shape: str, seed: int):
    """Draws from the very distribution pass, whatever it is."""
    rng = np.random.default_rng(seed)
    p = SHAPES[shape](rng)
    assert _fits(p, lambda wanted: rng.choice(6, wanted, p=p / p.sum()).tolist())


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("rival", range(9))
@pytest.mark.parametrize("seed", range(5))
def test_a_rival_that_is_clear_is_found(shape: str, rival: int, seed: int):
    """Whoever draws as a rival does, is found where the two distributions are told apart."""
    rng = np.random.default_rng(seed)
    p = SHAPES[shape](rng)
    q = usual_rivals(p)[rival]
    seen = p > 1e-12
    with np.errstate(divide="ignore"):
        distance = (p[seen] * np.log(p[seen] / q[seen])).sum()
    found = not _fits(p, lambda wanted: rng.choice(6, wanted, p=q).tolist())
    assert found or distance <= CLEAR


def test_each_rival_is_clear_somewhere():
    """Of the distributions that select_action is tried with, at least one tells each rival apart."""
    rng = np.random.default_rng(0)
    clear = set[int]()
    for shape in SHAPES.values():
        p = shape(rng) + 1e-30
        with np.errstate(divide="ignore"):
            distances = [(p * np.log(p / q)).sum() for q in usual_rivals(p)]
        clear |= {number for number, distance in enumerate(distances) if distance > CLEAR}
    assert clear == set(range(9))


def _in_pairs(rng: np.random.Generator, p: Floats, offset: int) -> Iterator[int]:
    for number in count():
        if not number or (number + offset) % 2 == 0:
            action = int(rng.choice(6, p=p))
        yield action


def _sticky(rng: np.random.Generator, p: Floats) -> Iterator[int]:
    action = int(rng.choice(6, p=p))
    while True:
        action = action if rng.random() < 0.5 else int(rng.choice(6, p=p))
        yield action


@pytest.mark.parametrize("how", ["pairs", "pairs from the second on", "sticky"])
@pytest.mark.parametrize("seed", range(10))
def test_draws_that_depend_on_each_other_are_found(how: str, seed: int):
    """Their frequencies are right, and still they are not drawn anew each time."""
    rng = np.random.default_rng(seed)
    p = SHAPES["nearly uniform"](rng)
    draws = {
        "pairs": lambda: _in_pairs(rng, p, 0),
        "pairs from the second on": lambda: _in_pairs(rng, p, 1),
        "sticky": lambda: _sticky(rng, p),
    }[how]()
    assert not _fits(p, lambda wanted: [next(draws) for _ in range(wanted)])


def test_a_table_by_rank_fits_no_two_distributions():
    """Whoever draws from one table, whatever the probabilities are, is found by the one or the other."""
    rng = np.random.default_rng(3)
    for largest in np.linspace(0.25, 0.7, 10):
        table = np.sort(_permuted(rng, largest, 20.0))
        fits = []
        for shape in ("skewed", "nearly uniform"):
            p = SHAPES[shape](rng)
            q = table[np.argsort(np.argsort(p))]
            fits.append(_fits(p, lambda wanted, q=q: rng.choice(6, wanted, p=q).tolist()))
        assert not all(fits)


def test_a_test_comes_to_an_end():
    """What stays unclear is not drawn for ever."""
    test = Draws(np.full(6, 1 / 6), rivals=[np.array([0.2, 0.16, 0.16, 0.16, 0.16, 0.16])])
    rng = np.random.default_rng(0)
    between = np.array([0.183, *[0.1634] * 5])
    assert all_fit(lambda _, n: rng.choice(6, n, p=between / between.sum()).tolist(), [test], 500)
    assert test.seen <= MOST


def _of(uniform: Iterator[float], p: Floats) -> Iterator[int]:
    """Draw as numpy.random.choice does, with these numbers from 0 to 1."""
    edges = np.cumsum(p / p.sum())[:-1]
    return (int(np.searchsorted(edges, each, side="right")) for each in uniform)


def _owed(p: Floats) -> Iterator[int]:
    debt = np.zeros(6)
    while True:
        debt += p
        action = int(debt.argmax())
        debt[action] -= 1
        yield action


def _avoiding(rng: np.random.Generator, p: Floats) -> Iterator[int]:
    """Draw again once where the action is the last one."""
    last = None
    while True:
        action = int(rng.choice(6, p=p))
        action = int(rng.choice(6, p=p)) if action == last else action
        last = action
        yield action


@pytest.mark.parametrize("how", ["golden ratio", "tape of 300", "owed", "avoids the last one"])
@pytest.mark.parametrize("shape", ["skewed", "nearly uniform"])
def test_draws_without_chance_are_found(how: str, shape: str):
    """Frequencies may be better than right: whoever can foretell what comes, has not drawn it."""
    rng = np.random.default_rng(1)
    p = SHAPES[shape](rng)
    draws = {
        "golden ratio": lambda: _of((0.618033988749895 * n % 1 for n in count()), p),
        "tape of 300": lambda: _of(cycle(rng.random(300).tolist()), p),
        "owed": lambda: _owed(p),
        "avoids the last one": lambda: _avoiding(rng, p),
    }[how]()
    test = Draws(p, least=700)
    assert not all_fit(lambda _, wanted: [next(draws) for _ in range(wanted)], [test], 50)


def _policies(rng: np.random.Generator, spread: float) -> Iterator[Floats]:
    while True:
        exponentials = np.exp(rng.normal(0, spread, 6))
        yield exponentials / exponentials.sum()


def _refuted(choose: Callable[[Floats], int], spread: float, seed: int) -> bool:
    policies, chosen = _policies(np.random.default_rng(seed), spread), Chosen()
    for _ in range(70):
        p = next(policies)
        chosen.look(p, choose(p))
    return chosen.refuted


@pytest.mark.parametrize("spread", [1.0, 3.0])
@pytest.mark.parametrize("seed", range(100))
def test_actions_of_changing_policies_fit(spread: float, seed: int):
    """Whoever draws each from its own distribution, is accused of nothing."""
    rng = np.random.default_rng(1000 + seed)
    assert not _refuted(lambda p: int(rng.choice(6, p=p)), spread, seed)


@pytest.mark.parametrize("seed", range(10))
def test_who_does_not_draw_from_changing_policies_is_found(seed: int):
    """Neither the likeliest action each time nor any fits, nor always the second likeliest."""
    rng = np.random.default_rng(seed)
    assert _refuted(lambda p: int(p.argmax()), 1.0, seed)
    assert _refuted(lambda p: int(np.argsort(p)[-2]), 1.0, seed)
    assert _refuted(lambda p: int(rng.integers(6)), 3.0, seed)
