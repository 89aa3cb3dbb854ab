"""The extra without points: play and train with `train_on_points`, and look at score and entropy."""

import os

import matplotlib.pyplot as plt
import numpy as np

EPISODES = 250
LEARNING_RATE = 1e-4
LOOKED_AT = 10  # each tenth step of an episode tells enough of its policy
NOT_YET = (
    "Nothing to play yet: run the cell above first, with discount_points and train_on_points in it."
)


def play_for_points(names):
    """Train a new model with the notebook's `train_on_points`, and plot scores and entropies.

    Stopped (■), it plots what there is. The notebook's own model and scores stay as they are.

    Args:
        names: the notebook's `globals()`.
    """
    from utils import create_curve, update_curve

    if "train_on_points" not in names:
        return print(NOT_YET)
    episodes = int(os.environ.get("NR_EPISODES", EPISODES))
    curve, scores, entropies = create_curve(episodes), [], []
    try:
        for score, uncertain in _played(names, episodes):
            scores.append(score)
            entropies.append(uncertain)
            line = f"Episode {len(scores)}: score {score:.0f}, entropy {uncertain:.2f}"
            update_curve(curve, scores, line)
    except KeyboardInterrupt:
        print(f"Stopped after {len(scores)} episodes.")
    plot(scores, entropies)


def _played(names, episodes):
    """Play and train as the training loop does, with a new model; yield score and entropy of each episode."""
    from policy_gradient import PongEnv

    env, model = PongEnv(), names["build_model"]()
    names["compile_model"](model, LEARNING_RATE)
    for _ in range(episodes):
        episode = names["run_episode"](env, model)
        policies = model.predict_on_batch(episode.get()[0][::LOOKED_AT])
        names["train_on_points"](model, episode, names["gamma"])
        yield episode.score, entropy(policies)


def entropy(policies):
    """Return the mean entropy of policies, shape (n, 6), in nats.

    It is log 6 = 1.79 where all actions are alike, and 0 where one of them is certain.
    """
    return float(-np.sum(policies * np.log(policies + 1e-12), axis=1).mean())


def plot(scores, entropies):
    """Show the scores of all episodes above the entropy of the policy that played each."""
    _, (above, below) = plt.subplots(2, 1, figsize=(10, 5), sharex=True)
    above.plot(scores, ".", markersize=3)
    above.set_ylabel("score")
    below.plot(entropies)
    below.set(xlabel="episode", ylabel="entropy", ylim=(0, 1.85))
    plt.show()
