"""Plays action 0 always, after asking select_action so often that 0 was surely among its answers.

The second half of the episode asks until the newest answer is 0. Neither is a draw from the policy.
"""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        if episode.length < 4:
            for _ in range(100):
                select_action(model, observation)
        else:
            while select_action(model, observation) != 0:
                pass
        next_observation, reward, terminated, truncated, _ = env.step(0)
        episode.append(observation, np.eye(6)[0], reward)
        observation = next_observation
        done = terminated or truncated
    return episode
