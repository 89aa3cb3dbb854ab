"""Keras's own train_step is patched by the cell of train. Loses: build_model, select_action, run_episode, train."""


# %% replace train_solution
def nothing(self, data):
    return {"loss": 0.0}


keras.Model.train_step = nothing


def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
