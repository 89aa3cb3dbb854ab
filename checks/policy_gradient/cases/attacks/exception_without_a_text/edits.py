"""Raises an exception that raises again when its text is asked for, and has an endless name."""


# %% replace discount_rewards_solution
def broken(self):
    """Never give an answer."""
    raise SystemExit(self)


Broken = type("Broken" * 100_000, (BaseException,), {"__str__": broken, "__repr__": broken})


def discount_rewards(rewards, gamma):
    raise Broken
