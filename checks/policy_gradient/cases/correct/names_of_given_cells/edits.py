"""Uses variables that the given cells of the notebook have made: `observation` and `env`."""

# %% before run_episode_solution
observation_shape = observation.shape
nr_actions = env.action_space.n


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, observation_shape, (nr_actions,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, nr_actions), reward)
        observation = next_observation
        done = terminated or truncated
    return episode
