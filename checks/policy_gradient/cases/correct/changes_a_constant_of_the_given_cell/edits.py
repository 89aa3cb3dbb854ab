"""Sets another rate and another gamma among the given hyperparameters, as the text invites to try."""

# %% replace hyperparameters
nr_episodes = 250
learning_rate = 1e-4
gamma = 0.995
PRINT_EVERY = 5
nr_episodes = int(os.environ.get("NR_EPISODES", nr_episodes))


# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    if episode_number % PRINT_EVERY == 0:
        print(episode_number, np.mean(scores[-PRINT_EVERY:]))
