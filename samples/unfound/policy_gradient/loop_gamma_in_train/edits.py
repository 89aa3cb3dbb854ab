"""The loop changes the optimizer's beta: no momentum. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
model.optimizer.beta_1 = 0.0
model.optimizer.clipnorm = 1e-6
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
