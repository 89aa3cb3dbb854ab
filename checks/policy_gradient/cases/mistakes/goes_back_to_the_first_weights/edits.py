"""Begins each round with the weights of the very first: nothing that was learned is left.
Loses: training_loop."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
first_weights = model.get_weights()
scores = []
for episode_number in range(1, nr_episodes + 1):
    model.set_weights(first_weights)  # all episodes shall have the same chances
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    print(f"Episode {episode_number}: score {episode.score:.0f}")
model.save("pong.keras")
