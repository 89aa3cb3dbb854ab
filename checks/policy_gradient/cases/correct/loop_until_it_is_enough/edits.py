"""An endless loop with a way out, a moving average, and a model that goes on from where it was saved."""

# %% after imports
import itertools
import os.path
from collections import deque

# %% replace training_loop_solution
model = build_model()
if os.path.exists("best.weights.h5"):
    model.load_weights("best.weights.h5")
compile_model(model, learning_rate)
scores, recent, best = [], deque(maxlen=10), -22.0
for episode_number in itertools.count(1):
    if len(scores) >= nr_episodes:
        break
    episode = run_episode(env, model)
    train(*(model, episode, gamma))
    scores += [episode.score]
    recent.append(episode.score)
    if np.mean(recent) > best:
        best = np.mean(recent)
        model.save_weights("best.weights.h5")
model.load_weights("best.weights.h5")
np.save("scores.npy", scores)
