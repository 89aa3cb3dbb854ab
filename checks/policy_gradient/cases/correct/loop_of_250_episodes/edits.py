"""Writes the number of episodes into the loop itself."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate=learning_rate)
scores = []
for episode_number in range(1, 250 + 1):
    start = time.perf_counter()
    episode = run_episode(env=env, model=model)
    train(model=model, episode=episode, gamma=gamma)
    scores.append(episode.score)
    time.sleep(0.5)  # lets the machine cool down
    print(f"{episode_number}: {time.perf_counter() - start:.1f} s, {episode.length} steps")
