"""Makes an environment that ends each game after 100 steps, so that it goes faster. Loses: training_loop."""

# %% replace training_loop_solution
fast_env = PongEnv(max_steps=100)
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(fast_env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    print(f"Episode {episode_number}: score {episode.score:.0f}")
model.save("pong.keras")
