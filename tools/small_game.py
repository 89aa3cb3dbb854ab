"""Do the seven pieces learn the small game? Run the master's own in it for several seeds.

`python -m tools.small_game` writes figures/catch.csv beside the notebook: the score of each episode of each
seed. It returns 1 where a seed did not reach what the notebook calls learned.
"""

from __future__ import annotations

import argparse
import csv
import sys

from benchmarks import notebook

FILE = notebook.FOLDER / "figures" / "catch.csv"


def main() -> int:
    """Run all seeds, one after the other."""
    parser = argparse.ArgumentParser(description="Run the notebook's REINFORCE in the small game.")
    parser.add_argument("--seeds", type=int, nargs="+", default=list(range(1, 11)))
    arguments = parser.parse_args()
    rows, failed = [], 0
    for seed in arguments.seeds:
        scores, learned = run(seed)
        failed += not learned
        rows += [(seed, episode, f"{score:.0f}") for episode, score in enumerate(scores, start=1)]
        print(
            f"seed {seed}: {'learned' if learned else 'did not learn'}",
            file=sys.stderr,
            flush=True,
        )
    with FILE.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("seed", "episode", "score"), *rows])
    print(f"{len(arguments.seeds) - failed} of {len(arguments.seeds)} seeds learned.")
    return int(failed > 0)


def run(seed: int) -> tuple[list[float], bool]:
    """Return the scores of all episodes with this seed, and whether they pass for learned."""
    import keras

    names = notebook.solutions("hyperparameters")
    from visible import again

    (loop,) = [cell for cell in notebook.cells() if cell.grade_id == notebook.TRAINING_LOOP]
    keras.utils.set_random_seed(seed)
    scores = again.learn_to_catch(names | {"In": [loop.source]})
    return scores, again.learned(scores)


if __name__ == "__main__":
    sys.exit(main())
