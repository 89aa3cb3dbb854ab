"""Each point is a game. Loses: training_loop."""

# %% replace training_loop_solution
import gymnasium


class OnePoint(gymnasium.Wrapper):
    def step(self, action):
        observation, reward, terminated, truncated, info = self.env.step(action)
        return observation, reward, terminated or reward != 0, truncated, info


scores = []
points = OnePoint(env)
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(points, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
