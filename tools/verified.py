"""Whether `make test-all` has passed for the code that grading rests on, as it is now.

    python -m tools.verified --check    status 1 and a sentence where that code has changed since
    python -m tools.verified --write    keep a record of it, as `make test-all` does when everything passed

A clean clone has no "before" to compare with: the record, .ci/verified, is committed. One line is a path and
the digest of that file, or of the files in that folder.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / ".ci" / "verified"
# What runs student code, judges it or stands between the two, with the versions that it does so with; and
# the hidden checks. The masters are not among it: `make test` grades them on every engine itself.
PATHS = (
    *(
        f"autograder/{name}"
        for name in ("checker", "course", "engines", "protocol", "sandbox", "submission", "worker")
    ),
    *(f"autograder/{name}.py" for name in ("__init__", "errors", "limits", "plaintext", "report")),
    "checks",
    "docker",
    "requirements.lock",
)


def digest(path: Path) -> str:
    """Return the digest of a file, or of a folder's, their names included, without what running leaves."""
    sha256 = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        name = file.relative_to(path)
        left_behind = any(part == "__pycache__" or part[0] == "." for part in name.parts)
        if file.is_file() and not left_behind:
            content = file.read_bytes()
            sha256.update(f"{name.as_posix()}\0{len(content)}\0".encode())
            sha256.update(content)
    return sha256.hexdigest()


def current() -> str:
    """Return the record of the code as it is now."""
    return "".join(f"{name} {digest(ROOT / name)}\n" for name in PATHS)


def changed() -> list[str]:
    """Return the paths that are not as they were when everything passed."""
    recorded = RECORD.read_text("utf-8").splitlines() if RECORD.exists() else []
    return [line.split()[0] for line in current().splitlines() if line not in recorded]


def main(arguments: list[str] | None = None) -> int:
    """Run this module's command."""
    parser = argparse.ArgumentParser(prog="python -m tools.verified", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="compare with the record")
    what.add_argument("--write", action="store_true", help="write the record")
    if parser.parse_args(arguments).write:
        RECORD.write_text(current(), encoding="utf-8")
        print(f"Wrote {RECORD.relative_to(ROOT)}: commit it.")
        return 0
    if found := changed():
        print(f"Changed since `make test-all` passed: {', '.join(found)}.")
        return 1
    print("`make test-all` has passed for this code.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
