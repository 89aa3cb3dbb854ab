"""Keeps the weights of the best episode and puts them back at the end."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores, best = [], (-np.inf, None)
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    if episode.score > best[0]:
        best = episode.score, [weight.copy() for weight in model.get_weights()]
model.set_weights(best[1])
model.save_weights("best.weights.h5")
