"""Unpacks four values from `step`, as old tutorials for Gym do."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, done, info = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        observation = next_observation
    return episode
