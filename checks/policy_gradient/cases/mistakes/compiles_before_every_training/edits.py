"""Compiles the model anew in every round: Adam forgets all that it has gathered. Loses: training_loop."""

# %% replace training_loop_solution
model = build_model()
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    compile_model(model, learning_rate)
    train(model, episode, gamma)
    scores.append(episode.score)
