"""Sets the same seed in every round: each game is drawn with the same random numbers. Loses:
training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    keras.utils.set_random_seed(42)  # so that everybody gets the same results
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    print(f"Episode {episode_number}: score {episode.score:.0f}")
model.save("pong.keras")
