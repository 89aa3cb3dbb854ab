"""Two exercises' cells were split: the function, or the loop, stands in the second half, which has no id."""

# %% replace train_solution
import tensorflow as tf

EPS = 1e-8


# %% after train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    returns = (returns - returns.mean()) / (returns.std() + EPS)
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)


# %% replace training_loop_solution
scores = []
best = -21

# %% after training_loop_solution
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
