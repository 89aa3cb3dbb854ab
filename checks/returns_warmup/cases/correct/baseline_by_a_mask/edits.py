"""Fills up with zeros, and keeps them out of the mean with a masked array."""


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    lengths = np.array([len(rewards) for rewards in episodes])
    there = np.arange(lengths.max()) < lengths[:, np.newaxis]
    padded = np.zeros(there.shape)
    padded[there] = np.concatenate(episodes)
    returns = np.array([plain_returns(row, gamma) for row in padded])
    baseline = np.ma.masked_array(returns, mask=~there).mean(axis=0)
    above = returns - np.asarray(baseline)
    return [row[:length] for row, length in zip(above, lengths)]
