"""Freezes the layers. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for layer in model.layers:
    layer.trainable = False
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
