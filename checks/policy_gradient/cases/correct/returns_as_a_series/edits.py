"""The returns are a pandas Series, which counts like an array wherever they are used."""

# %% after imports
import pandas as pd


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = pd.Series(rewards, dtype=float)
    for t in reversed(range(len(returns) - 1)):
        returns[t] += gamma * returns[t + 1]
    return returns


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    returns = ((returns - returns.mean()) / returns.std(ddof=0)).fillna(0)
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
