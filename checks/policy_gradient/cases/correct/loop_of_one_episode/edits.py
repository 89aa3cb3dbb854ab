"""A single episode, to see that everything works before the long run."""

# %% replace training_loop_solution
nr_episodes = 1
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
