"""What the last runs heard, so that only what has changed since is run again."""

from __future__ import annotations

import ast
import functools
import hashlib
import json

from autograder.cases.loading import Case
from tools.visible.running import COURSE, HANGS, ROOT, Said, cells_of

FILE = ROOT / "build" / "visible.json"
VISIBLE = COURSE.released.parent / "visible"
# What only these exercises' checks look at; everything else that is released is everybody's.
OWN = {
    "network.py": {"build_model", "compile_model"},
    "acting.py": {"select_action", "run_episode"},
    "games.py": {"select_action", "run_episode"},
    "learning.py": {"discount_rewards", "train"},
    "pupils.py": {"discount_rewards", "train"},
    "looping.py": {"training_loop"},
}


class Kept:
    """Sentences by case and exercise, each with a digest of the notebook and the check that it came from."""

    def __init__(self, anew: bool = False) -> None:
        self._anew = anew
        self._all: dict[str, list[str]] = json.loads(FILE.read_text()) if FILE.exists() else {}

    def said(self, case: Case) -> Said:
        """Return what is known of a case and would be heard again."""
        known = {}
        for exercise in {name for names in OWN.values() for name in names}:
            digest, sentence = self._all.get(f"{case.kind}/{case.name}/{exercise}", ("", ""))
            if digest == _digest(case, exercise) and not self._anew:
                known[exercise] = sentence
        return known

    def add(self, case: Case, said: Said) -> None:
        """Keep what was heard of a case."""
        for exercise, sentence in said.items():
            if sentence == HANGS and not case.hangs:
                continue  # perhaps the machine was slow
            self._all[f"{case.kind}/{case.name}/{exercise}"] = [_digest(case, exercise), sentence]
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(json.dumps(self._all, indent=1))


def _digest(case: Case, exercise: str) -> str:
    """Return a digest of all that decides what the check of an exercise says of a case."""
    cells = "\0".join(cell.source for cell in cells_of(case))
    return hashlib.sha256(cells.encode("utf-8", "surrogatepass") + _released(exercise)).hexdigest()


@functools.cache
def _released(exercise: str) -> bytes:
    """Return a digest of what is released and used by the check of an exercise, however it is laid out."""
    files = sorted([*COURSE.released.parent.glob("*.py"), *VISIBLE.glob("*.py")])
    used = [path for path in files if exercise in OWN.get(path.name, {exercise})]
    trees = [ast.dump(ast.parse(path.read_text(encoding="utf-8"))) for path in used]
    return hashlib.sha256("\0".join(trees).encode()).digest()
