"""Asks about a stale observation from step 128 on. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done, t = False, 0
    while not done:
        if t < 128:
            asked = observation
        action = select_action(model, asked)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
        t += 1
    return episode
