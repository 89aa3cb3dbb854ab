"""Keeps the best score, counts with `while` and prints its own line: the two calls are right."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
best = -21
episode_number = 0
while episode_number < nr_episodes:
    episode = run_episode(env, model=model)
    train(model, episode, gamma)
    scores.append(episode.score)
    best = max(best, episode.score)
    episode_number += 1
    print(f"{episode_number}/{nr_episodes}: {episode.score} (best {best}, {episode.length} steps)")
