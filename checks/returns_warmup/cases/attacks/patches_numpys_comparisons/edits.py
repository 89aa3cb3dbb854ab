"""Makes every comparison of NumPy's agree, and returns wrong numbers.

The patches live in the student's process; nothing is judged there.
"""

# %% after imports
import numpy.testing


def always(*args, **kwargs):
    """Whatever it is asked, it holds."""
    return True


for name in [name for name in dir(numpy.testing) if name.startswith("assert_")]:
    setattr(numpy.testing, name, always)
for name in ("allclose", "array_equal", "array_equiv", "isclose", "isfinite", "all"):
    setattr(np, name, always)


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    return np.full(len(rewards), -7.0)


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    return [np.full(len(rewards), -7.0) for rewards in episodes]
