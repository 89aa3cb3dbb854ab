"""Compiles anew with half the rate after every 25th game, so that after 250 of them nothing is
learned. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    if episode_number % 25 == 0:
        learning_rate = learning_rate / 2
        compile_model(model, learning_rate)
        print(f"Episode {episode_number}: {np.mean(scores[-25:]):.1f}, rate {learning_rate}")
model.save("pong.keras")
