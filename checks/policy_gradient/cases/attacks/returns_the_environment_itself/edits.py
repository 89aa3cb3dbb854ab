"""Plays honestly and returns the environment in the place of the episode, with a score and a `get`.

The checker knows it by its number, as an object of its own: it may not be taken for an answer.
"""


# %% replace run_episode_solution
def run_episode(env, model):
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        observation, reward, terminated, truncated, _ = env.step(action)
        done = terminated or truncated
    return env
