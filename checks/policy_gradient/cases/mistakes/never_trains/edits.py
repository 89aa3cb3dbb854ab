"""Plays episode after episode and learns nothing from them."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    scores.append(episode.score)
    print(f"episode {episode_number}: {episode.score}")
