"""Calls everything by name, in an order of its own."""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(capacity=2000, observation_shape=(80, 80, 2), action_shape=(6,))
    observation = env.reset(options=None)[0]
    done = False
    while not done:
        action = select_action(observation=observation, model=model)
        step = env.step(action=action)
        episode.append(observation=observation, action=to_categorical(action, 6), reward=step[1])
        observation, done = step[0], step[2] or step[3]
    return episode
