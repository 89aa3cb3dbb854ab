"""Collects copies of everything until the memory is full: its own limit, and nobody else's."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    copies = []
    while True:
        copies.append(np.ones((2000, 80, 80, 2)))
