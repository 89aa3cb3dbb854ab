"""Subtracts the frame before from the current one, as a well-known blog does, so that the network
never sees where the ball is.

Loses: run_episode.
"""


# %% replace run_episode_solution
def difference(observation):
    observation = observation.copy()
    observation[:, :, 0] -= observation[:, :, 1]
    return observation


def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    observation = difference(observation)
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        action = to_categorical(action, 6)
        episode.append(observation, action, reward)
        done = terminated or truncated
        observation = difference(next_observation)
    return episode
