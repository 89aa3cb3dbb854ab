"""Stores the same observation over and over from step 128 on. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    seen = np.zeros((128, 80, 80, 2), np.float32)
    done, t = False, 0
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        if t < 128:
            seen[t] = observation
        episode.append(seen[min(t, 127)], to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
        t += 1
    return episode
