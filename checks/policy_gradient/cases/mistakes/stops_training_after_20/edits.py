"""Trains in the first 20 rounds only. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    if episode_number <= 20:
        train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
