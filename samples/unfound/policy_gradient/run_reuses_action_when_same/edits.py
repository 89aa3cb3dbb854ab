"""Keeps the action while the frame has the same number of pixels: holds it in real games. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done, action, before = False, None, None
    while not done:
        now = float(observation.sum())
        if action is None or abs(now - before) > 12 or now > 200 or episode.length < 12:
            action = select_action(model, observation)
        before = now
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode
