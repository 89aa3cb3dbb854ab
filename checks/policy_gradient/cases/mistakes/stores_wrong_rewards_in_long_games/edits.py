"""In long games rewards are stored as plus one from step 200 on. Loses: run_episode."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(
            observation, to_categorical(action, 6), reward if episode.length < 200 else 1.0
        )
        done = terminated or truncated
        observation = next_observation
    return episode
