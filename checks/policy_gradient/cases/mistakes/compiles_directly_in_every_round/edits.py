"""Calls `compile` itself in every round: Adam forgets all that it has gathered."""

# %% replace training_loop_solution
model = build_model()
scores = []
for episode_number in range(nr_episodes):
    model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate))
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
