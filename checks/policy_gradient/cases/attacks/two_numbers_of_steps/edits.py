"""An optimizer whose number of steps is an array of two."""


# %% replace train_solution
class Two:
    def numpy(self):
        return np.array([1, 2])

    def assign(self, value):
        pass

    assign_add = assign


def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    model.fit(observations, actions, sample_weight=returns**2, epochs=1, verbose=0)
    model.optimizer.__dict__["_iterations"] = Two()
