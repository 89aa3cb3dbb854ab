"""Everything in float32, as a network would have it."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    returns = np.zeros(len(rewards), dtype=np.float32)
    following = np.float32(0)
    for t in range(len(rewards))[::-1]:
        following = np.float32(rewards[t]) + np.float32(gamma) * following
        returns[t] = following
    return returns


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    returns = [np.asarray(plain_returns(r, gamma), dtype=np.float32) for r in episodes]
    longest = max(len(each) for each in returns)
    baseline = np.array(
        [np.mean([each[t] for each in returns if len(each) > t]) for t in range(longest)],
        dtype=np.float32,
    )
    return [each - baseline[: len(each)] for each in returns]
