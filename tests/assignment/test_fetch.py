"""The first cell of the notebook: on Colab, where only the notebook is, it brings what lies beside it."""

import functools
import http.server
import json
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from benchmarks import notebook

pytestmark = pytest.mark.slow

RELEASE = notebook.COURSE.release
(FETCH,) = [cell.source for cell in notebook.cells() if cell.grade_id == "fetch"]
# What Colab's module does where a student chooses a file: it returns its bytes by its name.
COLAB = """
import sys, types
colab = types.ModuleType("google.colab")
colab.files = types.SimpleNamespace(upload=lambda: {"pong (1).zip": open(sys.argv[1], "rb").read()})
sys.modules |= {"google": types.ModuleType("google"), "google.colab": colab}
"""
# No test installs anything: what would be installed is told.
NO_PIP = """
import json, subprocess
subprocess.run = lambda command, check: print(json.dumps(command[1:]))
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """The release's files as students get them, but for the large ones."""
    path = tmp_path_factory.mktemp("zip") / "policy_gradient.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name in ("policy_gradient.ipynb", "utils.py", "live.py", "figures/pong.png"):
            packed.write(RELEASE / name, f"policy_gradient/{name}")
    return path


def run(folder: Path, before: str = "", cell: str = FETCH, archive: Path | str = ""):
    """Run the cell in a folder, as a program of its own."""
    return subprocess.run(
        [sys.executable, "-c", f"{NO_PIP}{before}\n{cell}", archive],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_beside_its_files_it_does_nothing():
    """Whoever has unpacked the zip notices nothing of it."""
    ended = run(RELEASE)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_on_colab_it_asks_for_the_zip(tmp_path, archive):
    """Whatever the browser called it; its files then lie beside the notebook, not in a folder in between."""
    ended = run(tmp_path, COLAB, archive=archive)
    assert ended.returncode == 0, ended.stderr
    assert "Choose the zip" in ended.stdout
    assert (tmp_path / "utils.py").read_bytes() == (RELEASE / "utils.py").read_bytes()
    assert (tmp_path / "figures" / "pong.png").exists()


def test_it_installs_what_colab_lacks(tmp_path, archive):
    """The emulator and its interface, nothing that would change Colab's own TensorFlow."""
    command = json.loads(run(tmp_path, COLAB, archive=archive).stdout.splitlines()[-1])
    assert command == ["-m", "pip", "install", "--quiet", "ale-py", "gymnasium"]


def test_with_the_courses_address_it_fetches_the_zip(tmp_path, archive):
    """Nobody is asked for anything."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=archive.parent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/{archive.name}"
        ended = run(tmp_path, cell=FETCH.replace('ADDRESS = ""', f'ADDRESS = "{address}"'))
        server.shutdown()
    assert ended.returncode == 0, ended.stderr
    assert f"Fetching {address}" in ended.stdout
    assert (tmp_path / "live.py").exists()


def test_a_file_that_is_there_stays_as_it_is(tmp_path, archive):
    """The student's own notebook above all."""
    (tmp_path / "policy_gradient.ipynb").write_text("mine")
    assert run(tmp_path, COLAB, archive=archive).returncode == 0
    assert (tmp_path / "policy_gradient.ipynb").read_text() == "mine"


def test_elsewhere_it_says_what_to_do(tmp_path):
    """A notebook that was taken out of its folder cannot know where the rest is."""
    ended = run(tmp_path)
    assert ended.returncode != 0
    assert "unpack the whole zip" in ended.stderr.splitlines()[-1]
