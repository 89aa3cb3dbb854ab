"""Leaves the zeros out of the means, but not out of what it gives back: one matrix for all episodes."""


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    longest = max(len(rewards) for rewards in episodes)
    padded = np.zeros((len(episodes), longest))
    counts = np.zeros(longest)
    for i, rewards in enumerate(episodes):
        padded[i, : len(rewards)] = plain_returns(rewards, gamma)
        counts[: len(rewards)] += 1
    return padded - padded.sum(axis=0) / counts
