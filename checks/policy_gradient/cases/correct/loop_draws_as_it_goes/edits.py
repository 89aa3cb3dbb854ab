"""Draws the scores anew after each episode."""

# %% replace training_loop_solution
from IPython.display import clear_output

model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    clear_output(wait=True)
    plt.figure()
    plt.plot(scores)
    plt.title(f"episode {episode_number}, mean of ten {np.mean(scores[-10:]):.1f}")
    plt.show()
