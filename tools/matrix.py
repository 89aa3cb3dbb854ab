"""Runs the whole notebook with its solutions where students may be: with the oldest and the newest libraries.

python -m tools.matrix [NAME...] [--python python3.13]   make the environments, run, print a table

Each environment is made once, in build/matrix, and used again as long as its versions are the same. The exit
status is 1 where the notebook stopped in one of them, 2 where one could not be made.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "source" / "policy_gradient"
WHERE = ROOT / "build" / "matrix"
RUNNER = ("ipykernel", "nbclient", "nbformat")
LIBRARIES = ("tensorflow", "keras", "numpy", "gymnasium", "ale-py", "matplotlib", "ipywidgets")
# The oldest are the least that requirements.txt of the release asks for; between them lie, for instance, the
# libraries of Google Colab. `None` is whatever is newest today.
VERSIONS: dict[str, tuple[str | None, ...]] = {
    "oldest": ("2.18.0", "3.10.0", "2.0.2", "1.1.0", "0.11.0", "3.10.0", "8.1.5"),
    "newest": (None,) * len(LIBRARIES),
}
FACTS = """
import importlib.metadata, platform
print(platform.python_version(), *(importlib.metadata.version(name) for name in {!r}), sep=" | ")
"""
QUICK = {"NR_EPISODES": "2", "LIVE_VIEW": "0", "TF_CPP_MIN_LOG_LEVEL": "3"}


def main() -> int:
    """Do what the command line says; return the exit status."""
    parser = argparse.ArgumentParser(description="Run the notebook with old and new libraries.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=" or ".join(VERSIONS))
    parser.add_argument("--python", default=sys.executable, help="of which the environments are")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - VERSIONS.keys():
        parser.error(f"there is no environment {unknown.pop()}, only {' and '.join(VERSIONS)}")
    rows, status = [], 0
    for name in arguments.names or VERSIONS:
        try:
            python = environment(name, arguments.python)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name}: could not be made: {error}", file=sys.stderr)
            return 2
        print(f"{name}: running the notebook", file=sys.stderr, flush=True)
        stopped, seconds = run(python)
        versions = output([python, "-c", FACTS.format([*map(packaged, LIBRARIES)])])
        rows.append(f"| {name} | {versions} | {'stopped' if stopped else 'ran'} | {seconds:.0f} |")
        if stopped:
            print(stopped, file=sys.stderr)
            status = 1
    print("| environment | Python | " + " | ".join(LIBRARIES) + " | the notebook | seconds |")
    print("|---" * (len(LIBRARIES) + 4) + "|", *rows, sep="\n")
    return status


def environment(name: str, base: str) -> str:
    """Return the Python of an environment, made from the Python `base` where it is not there yet."""
    pins = [
        requirement if version is None else f"{requirement}=={version}"
        for requirement, version in zip(map(packaged, LIBRARIES), VERSIONS[name], strict=True)
    ]
    version = output([base, "-c", "import sys; print(*sys.version_info[:2], sep='.')"])
    folder = WHERE / f"{name}-{version}"
    python, made = folder / "bin" / "python", folder / "made"
    if not made.exists() or made.read_text() != "\n".join(pins):
        print(f"{name}: installing {', '.join(pins)}", file=sys.stderr, flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([base, "-m", "venv", folder], check=True)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, *pins, *RUNNER], check=True)
        made.write_text("\n".join(pins))
    return str(python)


def packaged(library: str) -> str:
    """Return the name under which a library is smallest on this machine."""
    linux = sys.platform == "linux" and os.uname().machine == "x86_64"
    return "tensorflow-cpu" if library == "tensorflow" and linux else library


def run(python: str) -> tuple[str, float]:
    """Run the notebook in a copy of its folder; return what stopped it, if anything did, and seconds."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="matrix-") as temporary:
        folder = Path(temporary) / "policy_gradient"
        shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("__pycache__"))
        there = {"IPYTHONDIR": temporary, "PATH": f"{Path(python).parent}:{os.environ['PATH']}"}
        done = subprocess.run(
            [python, "-c", RUN],
            cwd=folder,
            env=os.environ | QUICK | there,
            capture_output=True,
            text=True,
            check=False,
        )
    return (done.stderr[-3000:] if done.returncode else ""), time.monotonic() - started


RUN = """
import nbclient, nbformat
notebook = nbformat.read("policy_gradient.ipynb", as_version=4)
nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
"""


def output(command: list[str]) -> str:
    """Return what a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
