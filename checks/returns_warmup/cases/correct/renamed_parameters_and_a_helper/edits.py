"""Other names for the parameters, types, docstrings, and a helper in a cell of its own."""


# %% before returns_minus_baseline_solution
def mean_at(step, table):
    """Return the mean of column `step` over the rows that are long enough."""
    return np.mean([row[step] for row in table if step < len(row)])


# %% replace plain_returns_solution
def plain_returns(r: np.ndarray, discount: float) -> np.ndarray:
    """Return the discounted returns of one episode."""
    out = np.array(r, dtype=np.float64)
    for step in range(len(out) - 2, -1, -1):
        out[step] += discount * out[step + 1]
    return out


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(walks: list[np.ndarray], discount: float = 0.9) -> list[np.ndarray]:
    """Return how much better than usual each step went."""
    table = [plain_returns(r=walk, discount=discount) for walk in walks]
    usual = np.array([mean_at(step, table) for step in range(max(map(len, table)))])
    return [row - usual[: row.size] for row in table]
