"""Gives up after 15 points lost by -1 while no other point came. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        rewards = episode.get()[2]
        done = terminated or truncated or (rewards.sum() <= -5 and (rewards <= 0).all())
        observation = next_observation
    return episode
