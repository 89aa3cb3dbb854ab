"""The last cell: what is still open, and the file to hand in."""

import json
import os
import re
import time
from pathlib import Path

from visible import LOOKS, NotYet, looked_at

NAME = "policy_gradient.ipynb"
FOLDER = "hand_in"
MOST_OUTPUT = 20_000  # characters of what one cell printed or drew


def hand_in(namespace):
    """Run the checks of all exercises, then write the notebook to hand in, as it was last saved.

    Args:
        namespace: the notebook's `globals()`.
    """
    waiting, open_ones = [], []
    for exercise in LOOKS:
        try:
            print(f"✓ {exercise}: {looked_at(exercise, namespace)}")
        except NotYet as missing:
            print(f"✗ {exercise}: {missing}")
            (waiting if missing.waits_for else open_ones).append(exercise)
    print()
    if open_ones:
        right = len(LOOKS) - len(open_ones) - len(waiting)
        later = f" After that: {', '.join(waiting)}." if waiting else ""
        print(f"{right} of {len(LOOKS)} are right. Still open: {', '.join(open_ones)}.{later}")
        print("You can hand in what you have all the same: each exercise counts by itself.")
    else:
        print("All seven look right.")
    print(_written(namespace))


def _written(namespace):
    """Write the file; return what the student should know about it."""
    path = _saved(namespace)
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        changed = path.stat().st_mtime
    except (OSError, ValueError):
        return f"We did not find this notebook as a file: hand in {NAME} from the menu that downloads it."
    left_out = sum(map(_trim, notebook["cells"]))
    Path(FOLDER).mkdir(exist_ok=True)
    copy = Path(FOLDER) / NAME
    copy.write_text(json.dumps(notebook, indent=1, ensure_ascii=False), encoding="utf-8")
    lines = [
        f"To hand in: {copy} ({copy.stat().st_size / 1000:.0f} kB), this notebook as it was saved "
        f"{_ago(time.time() - changed)}."
    ]
    if left_out:
        lines.append(
            f"The large outputs of {left_out} cells are not in it: only the code is graded."
        )
    others = _not_saved(notebook, namespace)
    if others:
        lines.append(
            f"In this file stands other code than was run last: {', '.join(others)}. Save the notebook, run "
            "those cells if you changed them since, and then this one again."
        )
    return "\n".join(lines)


def _saved(namespace):
    """Return where this notebook lies: JupyterLab and VS Code tell, each in its way."""
    told = namespace.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME") or NAME
    path = Path(told)
    return path if path.suffix == ".ipynb" and path.exists() else Path(NAME)


def _trim(cell):
    """Take large outputs out of a cell; tell whether there were any."""
    outputs = cell.get("outputs") or []
    cell["outputs"] = [each for each in outputs if len(json.dumps(each)) <= MOST_OUTPUT]
    if cell["cell_type"] != "code":
        del cell["outputs"]
    return len(outputs) > len(cell.get("outputs", []))


def _not_saved(notebook, namespace):
    """Return the exercises of which the last code that was run does not stand in the file."""
    saved = {"".join(cell["source"]).strip() for cell in notebook["cells"]}
    last = {}
    for source in namespace.get("In", []):
        for exercise in LOOKS:
            start = r"scores\s*=" if exercise == "training_loop" else rf"(async )?def {exercise}\("
            if re.search(f"^{start}", source, re.MULTILINE):
                last[exercise] = source.strip()
    return [exercise for exercise, source in last.items() if source not in saved]


def _ago(seconds):
    return f"{seconds:.0f} seconds ago" if seconds < 120 else f"{seconds / 60:.0f} minutes ago"
