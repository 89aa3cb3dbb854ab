"""Returns by a triangular matrix with the powers of gamma, without any loop."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    steps = np.arange(len(rewards))
    distances = steps[np.newaxis, :] - steps[:, np.newaxis]
    weights = np.where(distances >= 0, float(gamma) ** np.maximum(distances, 0), 0.0)
    return weights @ rewards
