"""Claims about how the students' image is made and started, read from its files."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.engines import context
from tests.helpers import jupyter_server
from tests.helpers.grading import ROOT
from tests.unit.test_packaging import locked
from tools import notebook

STUDENT = ROOT / "docker" / "student"
LOCK = "docker/student/requirements.lock"
# Without compose, and with a work folder of the test's.
NOTEBOOK_HERE = """
import sys
from pathlib import Path
from tools import notebook
notebook.compose = lambda *program: notebook.by_hand("docker", "8888")[1]
notebook.WORK = Path("{}") / "work"
sys.exit(notebook.main([]))
"""
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["student"]
RELEASED = sorted(ROOT.glob("release/*/requirements.txt"))


def instructions(dockerfile: Path) -> list[str]:
    """A Dockerfile without its comments: each instruction in one piece, as the builder's cache knows it."""
    lines = [line for line in dockerfile.read_text().splitlines() if not line.startswith("#")]
    return [part for part in re.split(r"(?<!\\)\n", "\n".join(lines)) if part.strip()]


def test_the_libraries_come_from_the_grading_images_own_layers():
    """Word for word up to the folder that Jupyter is installed on top of: built and stored once."""
    ours, grading = (instructions(folder / "Dockerfile") for folder in (STUDENT, context.RECIPE))
    shared = next(n for n, pair in enumerate(zip(ours, grading, strict=False)) if len({*pair}) > 1)
    assert any("/opt/requirements.lock" in each for each in ours[:shared])
    assert ours[shared - 1].startswith("RUN mkdir /opt/matplotlib")


def test_students_have_every_library_in_the_version_that_grades_them():
    """And Jupyter, of which a hub's server is a part."""
    grading, student = locked("requirements.lock"), locked(LOCK)
    assert {name: student.get(name) for name in grading} == grading
    assert {"jupyterlab", "jupyterhub"} <= student.keys()


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.parent.name)
def test_the_released_requirements_are_met(path: Path):
    """TensorFlow for the processor alone is the same library."""
    versions = locked(LOCK)
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            wanted = Requirement(line)
            assert all(map(wanted.specifier.contains, versions[wanted.name])), line
    assert versions["tensorflow-cpu"] == versions["tensorflow"]


def test_the_hub_and_its_user_image_speak_one_version():
    """A server of another version than its hub's is no promise of JupyterHub's."""
    assert locked("docker/hub/requirements.lock")["jupyterhub"] == locked(LOCK)["jupyterhub"]


def test_whatever_lies_in_these_folders_is_no_part_of_what_grades(tmp_path: Path):
    """Else a word in the students' image would judge every submission anew."""
    course = Course(ROOT, "returns_warmup")
    context.lay_out(course, load_settings(course), tmp_path)
    names = {path.name for path in tmp_path.rglob("*")}
    assert {path.name for path in (tmp_path / "docker").iterdir()} == {
        path.name for path in (ROOT / "docker").iterdir() if path.suffix in (".sh", ".py")
    }
    assert names.isdisjoint(
        {"start.py", "release_files.py", "jupyterhub_config.py", "compose.yaml"}
    )
    assert not any("start.py" in part for part in context.recipe(course))


def test_only_this_machine_reaches_the_port():
    """The token is not all that stands before a student's files."""
    (port,) = COMPOSE["ports"]
    assert port.startswith("127.0.0.1:")
    assert port.endswith(":8888")


def test_the_work_folder_is_all_that_is_mounted():
    """Neither checks nor masters nor keys come into the container."""
    assert COMPOSE["volumes"] == ["./work:/home/student/work"]
    assert COMPOSE.keys().isdisjoint({"env_file", "secrets", "configs", "privileged"})


def test_compose_and_plain_docker_run_start_the_same_container():
    """tools/notebook.py takes whichever is there."""
    said = [f"--memory={COMPOSE['mem_limit']}", f"--pids-limit={COMPOSE['pids_limit']}"]
    said += [f"--cap-drop={name}" for name in COMPOSE["cap_drop"]]
    said += [f"--cap-add={name}" for name in COMPOSE["cap_add"]]
    said += [f"--security-opt={option}" for option in COMPOSE["security_opt"]]
    assert [*said, "--init"] == [*notebook.OPTIONS]
    assert COMPOSE["init"] is True
    _, run = notebook.by_hand("docker", "8888", f"--user={COMPOSE['user']}")
    assert run[-1] == COMPOSE["image"]
    assert f"--volume={ROOT}/work:/home/student/work" in run


@pytest.mark.parametrize(
    ("programs", "way"),
    [
        (["docker", "compose"], "docker compose"),
        (["docker", "docker-compose"], "docker-compose"),
        (["docker"], "docker run"),
        (["podman"], "podman run"),
        ([], "of .venv, since no container engine answers"),
    ],
)
def test_make_notebook_takes_what_is_there_and_says_where_work_is_kept(
    tmp_path: Path, programs: list[str], way: str
):
    """In one line."""
    compose = 0 if "compose" in programs else 1
    for name in {*programs} - {"compose"}:
        (tmp_path / name).write_text(f'#!/bin/sh\n[ "$1" = compose ] && exit {compose}\nexit 0\n')
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        [Path(sys.executable).resolve(), "-m", "tools.notebook", "--say"],
        cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert way in done.stdout
    assert f"Your work is kept in {ROOT}/work." in done.stdout
    assert done.stdout.count("\n") == 1


def test_make_notebook_waits_until_ctrl_c_has_stopped_the_container(tmp_path: Path):
    """Whoever is killed while a container stops leaves it running, with the port."""
    program = tmp_path / "docker"
    stops = (
        f"trap 'sleep 1; echo stopped > {tmp_path}/end; exit 130' INT; echo runs; sleep 60 & wait"
    )
    program.write_text(
        f'#!/bin/sh\n[ "$1" = compose ] && exit 1\n[ "$1" = run ] || exit 0\n{stops}\n'
    )
    program.chmod(0o755)
    variables = {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "STUDENT_PORT": str(jupyter_server.free_port()),
    }
    process = subprocess.Popen(
        [Path(sys.executable).resolve(), "-c", NOTEBOOK_HERE.format(tmp_path)],
        cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert "in a container" in process.stdout.readline()
    assert process.stdout.readline() == "runs\n"
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert (tmp_path / "end").exists()


def test_a_port_that_is_taken_is_said_before_anything_is_built():
    """With what to do about it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = notebook.taken(str(server.getsockname()[1]))
    assert said is not None
    assert "STUDENT_PORT=" in said
    assert notebook.taken("many") is not None
