"""Stores observations as 8-bit integers scaled by the largest so far... stores channel 0 twice from step 100 on. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    frames = [observation[..., 0]] * 2
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        stored = (
            observation
            if episode.length < 100
            else np.stack([observation[..., 1], observation[..., 0]], -1)
        )
        episode.append(stored, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode
