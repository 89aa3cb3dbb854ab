"""A programmer's notebook: main with the usual guard, logging, a log file, checkpoints in a folder."""

# %% after imports
import csv
import logging
from pathlib import Path
from statistics import mean

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
CHECKPOINTS = Path("checkpoints")
CHECKPOINTS.mkdir(exist_ok=True)

# %% replace training_loop_solution
scores = []


def main():
    with open("log.csv", "w", newline="") as file:
        writer = csv.writer(file)
        for episode_number in range(nr_episodes):
            episode = run_episode(env, model)
            train(model, episode, gamma)
            scores.append(float(episode.score))
            writer.writerow([episode_number, episode.score])
            log.info("episode %d: %.1f", episode_number, mean(scores[-10:]))
            if episode_number % 10 == 0:
                model.save(CHECKPOINTS / f"{episode_number}.keras")
                model.save_weights(CHECKPOINTS / "last.weights.h5")


if __name__ == "__main__":
    main()
