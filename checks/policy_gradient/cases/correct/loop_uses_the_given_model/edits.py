"""The model stands in a cell of its own before the loop, as in the newest release."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    start = time.perf_counter()
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    print(f"{time.perf_counter() - start:.1f} s, episode {episode_number}, {episode.length} steps")
model.save("pong.keras")
