"""Presses FIRE after the reset, as many Atari games want it: a step that no policy chose and no
episode holds.

Loses: run_episode.
"""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    env.reset()
    observation, _, _, _, _ = env.step(1)  # FIRE starts the game
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        action = to_categorical(action, 6)
        episode.append(observation, action, reward)
        done = terminated or truncated
        observation = next_observation
    return episode
