"""Counts to the environment's own limit, and seeds the game, which changes nothing in Pong."""


# %% replace run_episode_solution
def run_episode(env, model):
    nr_actions, shape = int(env.action_space.n), env.observation_space.shape
    episode = Episode(env.unwrapped.max_steps, shape, (nr_actions,))
    observation, info = env.reset(seed=42, options={})
    for _ in range(env.max_steps):
        action = select_action(model, observation)
        assert env.action_space.contains(action)
        following, reward, terminated, truncated, info = env.step(action)
        episode.append(observation, np.eye(nr_actions)[action], reward)
        observation = following
        if terminated or truncated:
            break
    return episode
