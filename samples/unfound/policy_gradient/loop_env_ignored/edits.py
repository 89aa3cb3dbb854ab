"""The loop plays an environment of its own whose frames are random. Loses: training_loop."""


# %% replace training_loop_solution
class Noise(PongEnv):
    def step(self, action):
        observation, reward, terminated, truncated, info = super().step(action)
        return np.random.rand(80, 80, 2).astype(np.float32), reward, terminated, truncated, info


scores = []
noise = Noise()
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(noise, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
