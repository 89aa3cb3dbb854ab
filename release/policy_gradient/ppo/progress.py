"""How far a training run of `ppo.py` is: its folder, its learning curve, going on with it."""

import csv
import json

import matplotlib.figure


class OtherSettingsError(Exception):
    """The folder holds a run with other settings."""


def begin(folder, settings, checkpoint):
    """Prepare a folder for a run, or go on with the run that it holds.

    Args:
        folder: where the run is kept; made where it is missing.
        settings: a dictionary of all that decides the run.
        checkpoint: the `tf.train.Checkpoint` that is read into the model and the optimiser.

    Returns:
        The rows of the learning curve so far, a list of dictionaries of numbers.

    Raises:
        OtherSettingsError: if the run in the folder was begun with other settings.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = folder / "settings.json"
    if not known.exists():
        new = folder / "settings.json.new"
        new.write_text(json.dumps(settings, indent=2) + "\n")
        new.replace(known)
    if json.loads(known.read_text()) != settings:
        raise OtherSettingsError(
            f"{folder} holds a run with other settings, listed in {known}. "
            "Give the same ones to go on with it, or another --folder."
        )
    curve = folder / "learning_curve.csv"
    if not curve.exists():
        return []
    rows = read_rows(curve)
    # The checkpoint's number is the row that was written right after it.
    checkpoint.read(str(_checkpoints(folder) / f"row-{len(rows)}")).assert_consumed()
    return rows


def save(folder, rows, checkpoint):
    """Save a checkpoint, then the learning curve as CSV and as a figure.

    An interruption between the two costs one row: the curve still names the checkpoint before.
    """
    checkpoint.write(str(_checkpoints(folder) / f"row-{len(rows)}"))
    new = folder / "learning_curve.csv.new"
    write_rows(new, rows)
    new.replace(folder / "learning_curve.csv")
    for old in _checkpoints(folder).glob(f"row-{len(rows) - 2}.*"):
        old.unlink()
    draw(rows).savefig(folder / "learning_curve.png", dpi=100)


def show(row, steps):
    """Print one line about a row of the learning curve, and about the time that is left."""
    left = row["minutes"] * (steps / row["steps"] - 1)
    print(
        f"{row['steps']:>10,} steps  score {row['score']:6.2f}  with argmax "
        f"{row['argmax_score']:6.2f}  entropy {row['entropy']:.2f}  "
        f"{row['minutes']:.0f} min, about {left:.0f} to go",
        flush=True,
    )


def draw(rows):
    """Return a figure of the learning curve."""
    figure = matplotlib.figure.Figure(figsize=(8, 4), layout="constrained")
    axes = figure.subplots()
    millions = [row["steps"] / 1e6 for row in rows]
    axes.plot(millions, [row["score"] for row in rows], label="while learning (drawn actions)")
    axes.plot(millions, [row["argmax_score"] for row in rows], "k.", label="most probable actions")
    axes.set(xlabel="million steps of all games together", ylabel="score", ylim=(-21.5, 21.5))
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    return figure


def read_rows(path):
    """Return the rows of a CSV file, each a dictionary of numbers."""
    with path.open(newline="") as file:
        return [{name: _number(text) for name, text in row.items()} for row in csv.DictReader(file)]


def write_rows(path, rows):
    """Write dictionaries of numbers with the same keys into a CSV file."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _number(text):
    return int(text) if text.isdigit() else float(text)


def _checkpoints(folder):
    return folder / "checkpoints"
