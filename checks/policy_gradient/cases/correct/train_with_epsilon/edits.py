"""Adds a tiny number to the deviation, as many textbooks do, and fits in one batch."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.array(discount_rewards(rewards, gamma))
    returns -= np.mean(returns)
    returns /= np.std(returns) + 1e-8
    model.fit(
        x=observations,
        y=actions,
        sample_weight=returns,
        batch_size=len(returns),
        epochs=1,
        shuffle=False,
        verbose=0,
    )
