"""Trains after every second game only. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    if episode_number % 2 == 0:
        train(model, episode, gamma)
    scores.append(episode.score)
    print(f"Episode {episode_number}: score {episode.score:.0f}")
model.save("pong.keras")
