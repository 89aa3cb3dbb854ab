"""Compiles anew after every tenth game. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    if episode_number % 10 == 0:
        compile_model(model, learning_rate)
    scores.append(episode.score)
model.save("pong.keras")
