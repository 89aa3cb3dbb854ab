"""Catches the interrupt of the stop button around the loop, so that the scores so far stay."""

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
try:
    for episode_number in range(1, nr_episodes + 1):
        episode = run_episode(env, model)
        train(model, episode, gamma)
        scores.append(episode.score)
except KeyboardInterrupt:
    print("stopped after", len(scores), "episodes")
