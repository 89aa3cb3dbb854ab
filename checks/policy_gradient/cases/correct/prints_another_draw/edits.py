"""Draws a second action for each step just to look at it, and plays the first."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        print("it might as well be", select_action(model, observation))
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        observation = next_observation
        done = terminated or truncated
    return episode
