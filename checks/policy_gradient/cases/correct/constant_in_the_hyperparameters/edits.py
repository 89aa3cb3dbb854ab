"""Adds a constant of its own to the cell with the hyperparameters, and uses it in the loop."""

# %% replace hyperparameters
nr_episodes = 250
learning_rate = 3e-5
gamma = 0.99
SHOW_EVERY = 10


# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    if episode_number % SHOW_EVERY == 0:
        print(episode_number, episode.score)
