"""Passes the arguments in the wrong order: with the notebook's own functions it raises. Loses: training_loop."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(model, env)
    train(episode, model, gamma)
    scores.append(episode.score)
