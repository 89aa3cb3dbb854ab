"""Rewards with the other sign. Loses: training_loop."""

# %% replace training_loop_solution
import gymnasium

scores = []
flipped = gymnasium.wrappers.TransformReward(env, lambda r: -r)
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(flipped, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
