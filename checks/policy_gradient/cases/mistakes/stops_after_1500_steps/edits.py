"""Plays 1500 steps at most, where the environment allows 2000. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    for _ in range(1500):
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        if terminated or truncated:
            break
        observation = next_observation
    return episode
