"""Draws an action, and whenever it is not a move to the right draws once more and plays that.

Each action that it plays was the policy's newest answer, and yet they are not draws from the policy. It
earns that it passes the right observation on, where the policy is sure of one action for each.
"""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        if action != 2:
            action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        observation = next_observation
        done = terminated or truncated
    return episode
