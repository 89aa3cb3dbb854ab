"""run_episode as a generator of steps."""


# %% replace run_episode_solution
def play(env, model):
    observation, _ = env.reset()
    while True:
        action = select_action(model, observation)
        following, reward, terminated, truncated, _ = env.step(action)
        yield observation, np.eye(6)[action], reward
        if terminated or truncated:
            return
        observation = following


def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    for step in play(env, model):
        episode.append(*step)
    return episode
