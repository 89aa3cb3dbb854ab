"""Calls `compile` in the loop's own cell, with the rate of the hyperparameters."""

# %% replace training_loop_solution
model = build_model()
model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate))
scores = np.zeros(nr_episodes)
for i in range(nr_episodes):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores[i] = episode.score
