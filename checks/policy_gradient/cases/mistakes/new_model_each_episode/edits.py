"""Builds the model inside the loop: what was learned is thrown away each time."""

# %% replace training_loop_solution
scores = []
for episode_number in range(nr_episodes):
    model = build_model()
    compile_model(model, learning_rate)
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    print(f"episode {episode_number}: {episode.score}")
