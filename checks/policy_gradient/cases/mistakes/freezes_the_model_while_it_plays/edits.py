"""Sets `model.trainable = False` for the game and forgets to set it back: nothing trains
afterwards.

Loses: run_episode.
"""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    model.trainable = False  # only playing now
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        action = to_categorical(action, 6)
        episode.append(observation, action, reward)
        done = terminated or truncated
        observation = next_observation
    return episode
