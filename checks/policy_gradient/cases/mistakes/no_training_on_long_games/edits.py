"""Trains only on games short enough for its memory. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    if episode.length <= 1000:
        train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
