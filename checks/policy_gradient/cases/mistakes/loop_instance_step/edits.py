"""The loop replaces the model's train_step. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
model.train_step = lambda data: {"loss": 0.0}
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
