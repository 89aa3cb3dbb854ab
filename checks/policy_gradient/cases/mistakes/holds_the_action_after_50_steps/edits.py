"""After the opening it asks for an action only every fourth step. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        if episode.length < 50 or episode.length % 4 == 0:
            action = select_action(model, observation)
        else:
            action = previous
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        previous = action
        done = terminated or truncated
        observation = next_observation
    return episode
