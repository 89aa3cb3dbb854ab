"""Counts actions from 1 when it makes them one-hot."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        one_hot = np.zeros(6)
        one_hot[action - 1] = 1
        episode.append(observation, one_hot, reward)
        observation = next_observation
        done = terminated or truncated
    return episode
