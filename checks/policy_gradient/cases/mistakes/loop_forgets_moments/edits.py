"""Sets Adam's moments to 0 in each round. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    for variable in model.optimizer.variables[2:]:
        variable.assign(0 * variable)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
