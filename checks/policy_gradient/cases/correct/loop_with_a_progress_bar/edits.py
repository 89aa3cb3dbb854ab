"""Wraps the loop's range in tqdm, as most do."""

# %% after imports
from tqdm import tqdm


# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in tqdm(range(nr_episodes)):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
