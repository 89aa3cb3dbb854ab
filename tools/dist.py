"""Makes what is installed elsewhere: the sdist, and from it the wheel, so that what one lacks both lack.

python -m tools.dist [--to dist]

They are built of what git tracks, in a folder of their own: what lies around in a checkout is not in them,
nor what an earlier build left behind, and of the course nothing: no check, no solution, no key.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("autograder", "pyproject.toml", "README.md", "LICENSE")
BUILD = (
    "import sys; from setuptools import build_meta; getattr(build_meta, sys.argv[1])(sys.argv[2])"
)


def make(to: Path) -> tuple[Path, Path]:
    """Write sdist and wheel into the folder `to`; return where they are."""
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="autograder-dist-") as name:
        folder = Path(name)
        tracked = folder / "tracked"
        for path in _tracked():
            (tracked / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, tracked / path)
        sdist = _built("build_sdist", tracked, folder / "sdist")
        with tarfile.open(sdist) as archive:
            archive.extractall(folder / "unpacked", filter="data")
        (unpacked,) = (folder / "unpacked").iterdir()
        wheel = _built("build_wheel", unpacked, folder / "wheel")
        made = [Path(shutil.copy(path, to / path.name)) for path in (sdist, wheel)]
    return made[0], made[1]


def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", *PARTS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def _built(hook: str, folder: Path, to: Path) -> Path:
    """Call a hook of the build backend in `folder`; return the one file that it made."""
    to.mkdir()
    command = [sys.executable, "-c", BUILD, hook, str(to)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    (made,) = to.iterdir()
    return made


def main(arguments: list[str] | None = None) -> int:
    """Run this module's command."""
    parser = argparse.ArgumentParser(prog="python -m tools.dist")
    parser.add_argument("--to", type=Path, default=ROOT / "dist")
    for path in make(parser.parse_args(arguments).to):
        print(f"{path}: {path.stat().st_size / 1e3:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
