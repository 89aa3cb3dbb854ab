"""Trains on the best game so far from round 15 on. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    best = episode if episode_number == 1 or episode.score > best.score else best
    train(model, episode if episode_number < 15 else best, gamma)
    scores.append(episode.score)
model.save("pong.keras")
