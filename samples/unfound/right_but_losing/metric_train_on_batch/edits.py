"""Compiles with a metric; train_on_batch gives both."""


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    model.compile(
        loss="categorical_crossentropy", optimizer=Adam(learning_rate), metrics=["accuracy"]
    )


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    loss, accuracy = model.train_on_batch(observations, actions, sample_weight=returns)
    print(loss, accuracy)
