"""Keeps the last 1000 steps only: an episode of its own, a ring. Loses: run_episode."""


# %% replace run_episode_solution
class LastSteps:
    def __init__(self, most):
        from collections import deque

        self.steps = deque(maxlen=most)

    def append(self, *step):
        self.steps.append(step)

    @property
    def length(self):
        return len(self.steps)

    @property
    def score(self):
        return float(sum(reward for _, _, reward in self.steps))

    def get(self):
        return tuple(np.array(each, np.float32) for each in zip(*self.steps))


def run_episode(env, model):
    episode = LastSteps(1000)
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    return episode
