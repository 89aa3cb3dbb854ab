"""Adds a little to every reward of the episode before it trains: the agent is paid for long
games. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    scores.append(episode.score)
    # whoever stays in the game for longer plays better
    observations, actions, rewards = episode.get()
    rewards += 0.05
    train(model, episode, gamma)
    print(f"Episode {episode_number}: {episode.length} steps, score {scores[-1]:.0f}")
model.save("pong.keras")
