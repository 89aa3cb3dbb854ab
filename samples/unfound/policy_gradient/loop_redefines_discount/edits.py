"""The cell of the loop makes discount_rewards give the rewards. Loses: training_loop."""


# %% replace training_loop_solution
def discount_rewards(rewards, gamma):
    return np.array(rewards)


scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
model.save("pong.keras")
