"""Leaves the loop before it stores the last step, the one with the deciding point."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    while True:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        if terminated or truncated:
            break
        episode.append(observation, np.eye(6)[action], reward)
        observation = next_observation
    return episode
