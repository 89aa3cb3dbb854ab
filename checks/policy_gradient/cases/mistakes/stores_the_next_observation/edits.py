"""Stores the observation that followed the action, not the one that it was chosen for."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        done = terminated or truncated
    return episode
