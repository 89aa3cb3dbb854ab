"""Makes an episode up, consistent in itself, without ever playing: an object that looks like one.

Episodes are judged against what the environment really sent.
"""


# %% replace run_episode_solution
class Fabricated:
    """Twelve steps with the right shapes, and a victory at the end."""

    length = 12
    score = 1.0

    def get(self):
        observations = np.random.randint(0, 2, (12, 80, 80, 2)).astype(np.float32)
        actions = np.eye(6, dtype=np.float32)[np.random.randint(0, 6, 12)]
        rewards = np.zeros(12, np.float32)
        rewards[-1] = 1.0
        return observations, actions, rewards


def run_episode(env, model):
    return Fabricated()
