"""Appends before it steps, with the reward of the step before: everything is shifted by one."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    reward = 0
    done = False
    while not done:
        action = select_action(model, observation)
        episode.append(observation, np.eye(6)[action], reward)
        observation, reward, terminated, truncated, _ = env.step(action)
        done = terminated or truncated
    return episode
