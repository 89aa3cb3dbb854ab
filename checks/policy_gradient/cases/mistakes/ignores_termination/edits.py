"""Stops only at the time limit, and plays on where the game is over."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    truncated = False
    while not truncated:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        observation = next_observation
    return episode
