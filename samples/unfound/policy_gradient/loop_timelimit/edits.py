"""Games end after 50 steps. Loses: training_loop."""

# %% replace training_loop_solution
import gymnasium

scores = []
short = gymnasium.wrappers.TimeLimit(env, 50)
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(short, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
