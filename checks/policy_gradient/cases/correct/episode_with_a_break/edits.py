"""An endless loop that is left by `break`, with one-hot actions from the identity matrix."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, info = env.reset()
    one_hot = np.eye(6, dtype=np.float32)
    while True:
        action = select_action(model, observation)
        following, reward, terminated, truncated, info = env.step(action)
        episode.append(observation, one_hot[action], reward)
        if terminated or truncated:
            break
        observation = following
    return episode
