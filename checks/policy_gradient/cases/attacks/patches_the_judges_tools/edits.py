"""Patches NumPy's comparisons, unittest, pytest and `isinstance`, and returns wrong numbers.

The patches live in the student's process; nothing is judged there.
"""

# %% after imports
import builtins
import sys
import unittest

import numpy.testing


def always(*args, **kwargs):
    """Whatever it is asked, it holds."""
    return True


for name in [name for name in dir(numpy.testing) if name.startswith("assert_")]:
    setattr(numpy.testing, name, always)
for name in [name for name in dir(unittest.TestCase) if name.startswith("assert")]:
    setattr(unittest.TestCase, name, always)
for name in ("allclose", "array_equal", "isclose", "array_equiv"):
    setattr(np, name, always)
for name in ("_pytest.python", "_pytest.runner", "_pytest.reports", "pytest"):
    module = sys.modules.get(name)
    for function in ("pytest_pyfunc_call", "call_and_report", "fail", "raises"):
        if hasattr(module, function):
            setattr(module, function, always)
builtins.AssertionError = type("AssertionError", (BaseException,), {})


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    return np.full(len(rewards), -7.0)
