"""Trains from a Keras dataset of the student's own, which hands out the whole episode once."""


# %% after imports
class Steps(keras.utils.PyDataset):
    """The steps of an episode, in batches of 64."""

    def __init__(self, observations, actions, weights, size=64, **more):
        super().__init__(**more)
        self.arrays, self.size = (observations, actions, weights), size

    def __len__(self):
        return int(np.ceil(len(self.arrays[0]) / self.size))

    def __getitem__(self, index):
        chosen = slice(index * self.size, (index + 1) * self.size)
        return tuple(array[chosen] for array in self.arrays)


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    returns = np.nan_to_num((returns - returns.mean()) / returns.std())
    model.fit(Steps(observations, actions, returns), epochs=1, verbose=0, shuffle=True)
