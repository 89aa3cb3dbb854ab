"""The loop written with `while`, handed in from an editor that keeps no metadata."""

# metadata: stripped

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
episode_number = 0
while episode_number < nr_episodes:
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    episode_number += 1
