"""The loop plays another game. Loses: training_loop."""

# %% replace training_loop_solution
import gymnasium

scores = []
game = gymnasium.make("CartPole-v1")
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(game, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
