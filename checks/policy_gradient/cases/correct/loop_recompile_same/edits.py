"""Right: Compiles again with its own optimizer and the same loss, which changes nothing."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    model.compile(loss="categorical_crossentropy", optimizer=model.optimizer)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
