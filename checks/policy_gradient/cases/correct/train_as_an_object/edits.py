"""`train` is an instance of a class that keeps what it has seen."""


# %% replace train_solution
class Trainer:
    """Trains and remembers the mean return of each episode."""

    def __init__(self, **settings):
        self.settings = {"epochs": 1, "verbose": 0} | settings
        self.means = []

    def __call__(self, model, episode, gamma):
        observations, actions, rewards = episode.get()
        returns = np.asarray(discount_rewards(rewards, gamma=gamma), dtype=np.float32)
        self.means.append(returns.mean())
        spread = np.std(returns, ddof=1)
        weights = (returns - returns.mean()) / (spread if spread > 0 else 1)
        model.fit(observations, actions, sample_weight=weights, **self.settings)


train = Trainer(batch_size=128)
