"""Starts with a new model in every tenth game. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    if episode_number % 10 == 0:
        model = build_model()
        compile_model(model, learning_rate)
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
