"""Never moves on: every action is chosen for the first observation."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        done = terminated or truncated
    return episode
