"""Returns dates, complex and structured numbers, masks over wrong values, and bytes in reverse order.

Each length gets another type. Only integers and floating point numbers are numbers.
"""

# %% replace discount_rewards_solution
KINDS = (
    lambda n: np.zeros(n, "datetime64[s]"),
    lambda n: np.full(n, 1 + 0j),
    lambda n: np.zeros(n, [("value", "f8"), ("weight", "f8")]),
    lambda n: np.ma.masked_array(np.full(n, -7.0), mask=True),
    lambda n: np.full(n, -7.0).view(">f8"),
    lambda n: np.full(n, "0.0"),
    lambda n: np.array([np.zeros(2), None] * n, dtype=object)[:n],
    lambda n: np.full(n, -7.0, np.longdouble),
    lambda n: np.zeros(n, bool),
    lambda n: np.zeros((n, 0)),
    lambda n: np.recarray(n, [("value", "f8")]),
)


def discount_rewards(rewards, gamma):
    return KINDS[len(rewards) % len(KINDS)](len(rewards))
