"""Sets the number of episodes anew in the loop's own cell, for a quick try."""

# %% replace training_loop_solution
nr_episodes = 3
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
