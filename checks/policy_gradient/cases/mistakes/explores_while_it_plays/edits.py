"""Asks the model itself, and takes any action in one of ten steps."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        probabilities = model.predict_on_batch(observation[np.newaxis])[0].astype(np.float64)
        probabilities = 0.9 * probabilities / probabilities.sum() + 0.1 / 6
        action = int(np.random.choice(6, p=probabilities))
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        observation = next_observation
        done = terminated or truncated
    return episode
