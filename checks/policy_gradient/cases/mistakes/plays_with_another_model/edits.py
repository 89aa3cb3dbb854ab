"""Trains one model and plays with another, which never learns."""

# %% replace training_loop_solution
player, model = build_model(), build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, player)
    train(model, episode, gamma)
    scores.append(episode.score)
