"""Plays 1800 steps at most, where the environment allows 2000. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done and episode.length < 1800:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode
