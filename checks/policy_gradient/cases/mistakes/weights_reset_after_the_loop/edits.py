"""Gives the model its first weights again when the loop is over. Loses: training_loop."""

# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    start = model.get_weights() if episode_number == 1 else start
    episode = run_episode(env, model)
    train(model, episode, gamma)
    if episode_number == nr_episodes:
        model.set_weights(start)
    scores.append(episode.score)
model.save("pong.keras")
