"""Computes the returns with SciPy's linear filter over the reversed rewards."""

# %% after imports
import scipy.signal


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    rewards = np.asarray(rewards, dtype=float)
    return scipy.signal.lfilter([1.0], [1.0, -gamma], rewards[::-1])[::-1]
