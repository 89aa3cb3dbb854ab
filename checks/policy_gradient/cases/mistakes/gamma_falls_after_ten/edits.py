"""Another gamma after ten rounds. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma if episode_number <= 10 else 0.5)
    scores.append(episode.score)
model.save("pong.keras")
