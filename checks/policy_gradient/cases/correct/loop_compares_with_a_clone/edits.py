"""Clones the model before training to see how far its policy has moved."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
before = keras.models.clone_model(model)
before.set_weights(model.get_weights())
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    observations, _, _ = episode.get()
    moved = model.predict(observations, verbose=0) - before.predict(observations, verbose=0)
    print(f"{episode_number}: {np.abs(moved).max():.6f}, weights {model.count_params()}")
