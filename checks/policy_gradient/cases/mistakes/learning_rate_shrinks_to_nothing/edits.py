"""Halves the learning rate in each round: after ten of them the model stands still. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    start = time.perf_counter()
    episode = run_episode(env, model)
    model.optimizer.learning_rate = learning_rate / 2 ** (episode_number - 1)
    train(model, episode, gamma)
    scores.append(episode.score)
    print(f"Episode {episode_number}: {time.perf_counter() - start:.1f} s, {episode.score:.0f}")
model.save("pong.keras")
