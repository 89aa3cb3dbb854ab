"""Plays the environment at random, quickly, and invents the observations that it stores."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    env.reset()
    done = False
    while not done:
        action = np.random.randint(6)
        _, reward, terminated, truncated, _ = env.step(action)
        episode.append(np.ones((80, 80, 2)), np.eye(6)[action], 1.0)
        done = terminated or truncated
    return episode
