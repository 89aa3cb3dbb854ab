"""Builds a new model after the loop, and saves and evaluates that: what was learned is lost.
Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    print(f"Episode {episode_number}: score {episode.score:.0f}")
# the model that we save and watch below
model = build_model()
compile_model(model, learning_rate)
model.save("pong.keras")
