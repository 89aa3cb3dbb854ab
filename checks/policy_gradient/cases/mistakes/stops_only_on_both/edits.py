"""`and` in place of `or`: waits until the game is over and truncated at once."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        observation = next_observation
        done = terminated and truncated
    return episode
