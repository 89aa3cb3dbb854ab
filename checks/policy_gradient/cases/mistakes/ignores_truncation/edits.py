"""Stops only when the game is over, and plays on where the time limit ended the episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    terminated = False
    while not terminated:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        observation = next_observation
    return episode
