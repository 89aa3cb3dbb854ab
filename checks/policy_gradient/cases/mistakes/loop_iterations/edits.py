"""The loop has Adam begin anew in each round: its count of steps is 0. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    model.optimizer.iterations.assign(0)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
