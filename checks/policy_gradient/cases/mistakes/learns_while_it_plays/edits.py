"""Trains on the action before each point in the middle of the game, so that the policy that ends
it is not the one that began it.

Loses: run_episode.
"""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        action = to_categorical(action, 6)
        episode.append(observation, action, reward)
        if reward != 0:  # learn at once from a point
            weight = np.array([reward])
            model.train_on_batch(observation[np.newaxis], action[np.newaxis], weight)
        done = terminated or truncated
        observation = next_observation
    return episode
