"""fit from a keras Sequence (PyDataset)."""


# %% replace train_solution
class Batches(keras.utils.PyDataset):
    def __init__(self, x, y, w, size=32):
        super().__init__()
        self.x, self.y, self.w, self.size = x, y, w, size

    def __len__(self):
        return -(-len(self.x) // self.size)

    def __getitem__(self, i):
        s = slice(i * self.size, (i + 1) * self.size)
        return self.x[s], self.y[s], self.w[s]


def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    model.fit(Batches(observations, actions, returns), epochs=1, verbose=0)
