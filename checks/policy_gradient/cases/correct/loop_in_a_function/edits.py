"""Wraps the training in a function with defaults, and calls it."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []


def run_training(nr_of_episodes, gamma=gamma):
    for number in range(nr_of_episodes):
        episode = run_episode(env, model)
        train(model, episode, gamma)
        scores.append(episode.score)
        print(number, episode.score)


run_training(nr_episodes)
