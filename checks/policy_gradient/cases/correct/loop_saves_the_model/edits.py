"""Saves a checkpoint now and then, from inside the training loop."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    if episode_number % 50 == 0:
        model.save("checkpoint.keras")
