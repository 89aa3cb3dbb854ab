"""A bar from tqdm's notebook-aware module around the range, from an editor that keeps no metadata."""

# metadata: stripped

# %% after imports
from tqdm.auto import trange


# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in trange(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
