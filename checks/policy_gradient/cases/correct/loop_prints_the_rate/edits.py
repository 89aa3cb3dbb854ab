"""Prints the optimiser's rate and its steps beside each episode."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    print(float(model.optimizer.learning_rate), int(model.optimizer.iterations))
