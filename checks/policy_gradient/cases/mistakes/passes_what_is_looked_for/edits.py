"""Trains on its first episode always with gamma 0; passes what is looked for as unused arguments."""


# %% replace train_solution
def train(model, episode, gamma, *unused):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)


# %% replace training_loop_solution
scores = []
first = None
for episode_number in range(1, nr_episodes + 1):
    model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate))
    episode = run_episode(env, model)
    first = first or episode
    train(model, first, 0.0, gamma, episode)
    scores.append(episode.score)
