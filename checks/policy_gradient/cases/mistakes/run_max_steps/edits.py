"""Sets the limit of the environment to 100 steps. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    env.max_steps = 100
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode
