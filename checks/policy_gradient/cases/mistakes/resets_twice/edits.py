"""Resets once for the observation and once for the info, so the game starts twice."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation = env.reset()[0]
    info = env.reset()[1]
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, info = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        observation = next_observation
        done = terminated or truncated
    return episode
