"""Plays one episode before the loop, and trains on the same one again and again."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
episode = run_episode(env, model)
for episode_number in range(nr_episodes):
    train(model, episode, gamma)
    scores.append(episode.score)
    print(f"episode {episode_number}: {episode.score}")
