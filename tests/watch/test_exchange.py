"""Claims about nbgrader's exchange: what `nbgrader submit` brings is answered where students fetch it."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.watch.exchange import Exchange
from tests.helpers.watching import Watch, notebook, until

pytestmark = pytest.mark.slow

ME = pwd.getpwuid(os.getuid()).pw_name
MARKUP = "<script>alert(1)</script>"


def everything(key: str, version: str) -> bool:
    """Nothing was answered yet."""
    return False


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    """A watch over the inbound folder of a course in an exchange."""
    watch = Watch(tmp_path / "exchange" / "course101" / "inbound")
    watch.folder.chmod(0o733)
    return watch


def put(watch: Watch, name: str, **files: bytes) -> Path:
    """Lay down a submission as nbgrader does."""
    folder = watch.folder / name
    folder.mkdir()
    for file, content in files.items():
        (folder / file.replace("__", ".")).write_bytes(content)
    return folder


def test_what_nbgrader_submits_is_answered_where_it_fetches(watch: Watch, tmp_path: Path):
    """The real one, with its secret: a student's command finds the page."""
    root, home = tmp_path / "exchange", tmp_path / "home"
    outbound = watch.folder.parent / "outbound" / "small"
    for folder in (outbound, home / "small"):
        folder.mkdir(parents=True)
        (folder / "small.ipynb").write_bytes(notebook(MARKUP))

    def nbgrader(command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", command, "small", "--course", "course101",
             f"--Exchange.root={root}", f"--Exchange.cache={tmp_path / 'cache'}"],
            cwd=home, env=os.environ | {"HOME": str(home)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stderr

    with watch.running():
        nbgrader("submit")
        until(lambda: list((root / "course101" / "feedback").glob("*.html")), 20)
    assert "Fetched feedback" in nbgrader("fetch_feedback")
    (path,) = (home / "small" / "feedback").glob("*/small.html")
    page = path.read_text()
    assert "5 of 10 points" in page
    assert "&lt;script&gt;" in page
    assert MARKUP not in page
    assert [line for line in watch.said if "arrived" in line] == [f"{ME}: arrived."]


def test_an_older_nbgraders_name_for_feedback_is_kept(watch: Watch):
    """Where a submission has no secret, it is the digest of the notebook and of what names it."""
    from nbgrader.utils import make_unique_key, notebook_hash

    stamp = "2026-11-27 12:00:00.000000 UTC"
    folder = put(
        watch, f"ada+small+{stamp}", small__ipynb=notebook("x"), timestamp__txt=stamp.encode()
    )
    key = make_unique_key("course101", "small", "small", "ada", stamp)
    expected = notebook_hash(str(folder / "small.ipynb"), key)
    with watch.running():
        until((watch.folder.parent / "feedback" / f"{expected}.html").exists)
    assert "its folder belongs to the user" in watch.said[0]


def test_a_submission_without_its_time_is_still_being_copied(watch: Watch):
    """nbgrader writes that last."""
    folder = put(watch, "ada+small+2026+abc", small__ipynb=notebook("x"))
    (arrival,) = Exchange(watch.folder, "small").arrivals(everything)
    assert not arrival.complete
    (folder / "timestamp.txt").write_text("2026")
    (arrival,) = Exchange(watch.folder, "small").arrivals(everything)
    assert arrival.complete


def test_only_submissions_of_the_assignment_are_looked_at_in_their_order(watch: Watch):
    """The earlier one first, whoever it is from; what was answered is not even opened."""
    for name in ("zoe+small+2026-01-01+a", "ada+small+2026-01-02+b", "ada+other+2026-01-01+c",
                 "+small+2026-01-01+d", "notes", "a+small+b+c+d"):  # fmt: skip
        put(watch, name, timestamp__txt=b"2026")
    exchange = Exchange(watch.folder, "small")
    assert [each.student for each in exchange.arrivals(everything)] == ["zoe", "ada"]
    left = exchange.arrivals(lambda key, version: key.startswith("zoe"))
    assert [each.student for each in left] == ["ada"]


def test_a_submission_without_a_notebook_is_said_and_done_with(watch: Watch):
    """There is no name under which its student would look for feedback."""
    put(watch, "ada+small+2026+a", timestamp__txt=b"2026", picture__png=b"x")
    with watch.running():
        until(lambda: any("no place for feedback" in line for line in watch.said))
    watch.said.clear()
    with watch.running():
        pass
    assert watch.said == []


def test_a_link_in_the_exchange_is_nobodys_submission(watch: Watch, tmp_path: Path):
    """Students can write there."""
    elsewhere = tmp_path / "ada+small+2026+a"
    shutil.copytree(put(watch, "bob+other+2026+a", small__ipynb=notebook("x")), elsewhere)
    (watch.folder / elsewhere.name).symlink_to(elsewhere)
    assert list(Exchange(watch.folder, "small").arrivals(everything)) == []
