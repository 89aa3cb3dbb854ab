"""Compiles anew with half the rate after every fourth game, so that soon nothing is
learned. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    if episode_number % 4 == 0:
        learning_rate = learning_rate / 2
        compile_model(model, learning_rate)
        print(f"Episode {episode_number}: {np.mean(scores[-4:]):.1f}, rate {learning_rate}")
model.save("pong.keras")
