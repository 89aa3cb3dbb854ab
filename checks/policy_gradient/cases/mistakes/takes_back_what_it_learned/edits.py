"""Takes the training back whenever the game was not the best so far: after 250 games a handful
has counted. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
best_score = -np.inf
best_weights = model.get_weights()
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    if episode.score > best_score:
        best_score, best_weights = episode.score, model.get_weights()
    else:
        model.set_weights(best_weights)
    print(f"Episode {episode_number}: score {episode.score:.0f}, best {best_score:.0f}")
model.save("pong.keras")
