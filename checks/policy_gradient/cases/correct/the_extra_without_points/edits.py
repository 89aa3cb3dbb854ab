"""Has done the extra without points, in the cell that is there for it: it takes the place of no exercise."""


# %% replace extra_functions
def discount_points(rewards, gamma):
    returns = np.zeros(len(rewards))
    current_return = 0.0
    for t in reversed(range(len(rewards))):
        if rewards[t] != 0:
            current_return = 0.0
        current_return = rewards[t] + gamma * current_return
        returns[t] = current_return
    return returns


def train_on_points(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_points(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
