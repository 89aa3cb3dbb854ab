"""`sys.exit()` below a right function, to stop 'Run all' there while working."""

# %% replace train_solution
import sys


def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    returns = returns - returns.mean()
    if np.any(returns):
        returns = returns / returns.std()
    model.fit(observations, actions, sample_weight=returns, verbose=0)


sys.exit()

# %% after train_solution
raise SystemExit("stop here for today")
