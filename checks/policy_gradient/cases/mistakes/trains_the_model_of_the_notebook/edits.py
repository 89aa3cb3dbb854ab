"""Has other names for its parameters and trains the notebook's global model, whichever it is
given. Loses: train."""


# %% replace train_solution
def train(network, played, discount):
    observations, actions, rewards = played.get()
    returns = discount_rewards(rewards, discount)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)


# %% before train_solution
model = build_model()
compile_model(model, 3e-5)
