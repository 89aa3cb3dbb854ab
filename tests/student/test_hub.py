"""The students' image at a real JupyterHub: docker/hub, which docs/jupyterhub.md explains."""

import json
import secrets
from collections.abc import Iterator

import pytest

from tests.helpers.containers import built, docker
from tests.helpers.grading import ROOT
from tests.helpers.hub import Hub, User, hub

pytestmark = [pytest.mark.container, pytest.mark.slow]

FOLDER = "policy_gradient"
NOTEBOOK = f"{FOLDER}/policy_gradient.ipynb"
STUDENT = f"ada{secrets.token_hex(4)}"  # whose volume nobody else has
VOLUME = f"autograder-work-{STUDENT}"


@pytest.fixture
def running() -> Iterator[Hub]:
    """The hub, beside the image that it starts."""
    built("autograder-student", "docker/student/Dockerfile", ".")
    with hub(built("autograder-hub", "docker/hub/Dockerfile", "docker/hub")) as running:
        yield running
    docker("volume", "rm", "--force", VOLUME)


def first_cells() -> list[str]:
    """The code of the released notebook up to the first exercise: imports, environment, trained agent."""
    cells = json.loads((ROOT / "release" / NOTEBOOK).read_text())["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    first = next(n for n, cell in enumerate(code) if cell["metadata"]["nbgrader"]["solution"])
    return ["".join(cell["source"]) for cell in code[:first]]


def test_a_student_logs_in_works_leaves_and_finds_the_work_again(running: Hub):
    """The first cells run in a kernel of the student's container; a file outlives it."""
    assert not User(running, STUDENT).log_in("guessed")
    student = User(running, STUDENT)
    assert student.log_in(running.password)
    student.take_token()

    student.start_server()
    assert {entry["name"] for entry in student.ask("GET", "contents")["content"]} == {
        path.name for path in (ROOT / "release").iterdir() if path.is_dir()
    }
    printed = student.run_cells(
        FOLDER, [*first_cells(), "import os; print(os.getcwd(), os.getuid())"]
    )
    assert "(80, 80, 2)" in "".join(printed)
    assert printed[-1].split() == [f"/home/student/work/{FOLDER}", "1000"]

    notebook = student.ask("GET", f"contents/{NOTEBOOK}")["content"]
    notebook["cells"][0]["source"] = "A week of work."
    saved = {"type": "notebook", "format": "json", "content": notebook}
    student.ask("PUT", f"contents/{NOTEBOOK}", json=saved)
    container = f"jupyter-{STUDENT}"
    limits = json.loads(docker("inspect", "--format", "{{json .HostConfig}}", container))
    assert limits["Memory"] == 4 * 2**30
    assert limits["CapDrop"] == ["ALL"]

    student.stop_server()
    assert container not in docker("ps", "--all", "--format={{.Names}}").split()
    student.start_server()
    again = student.ask("GET", f"contents/{NOTEBOOK}")["content"]["cells"][0]["source"]
    assert again == "A week of work."
    student.stop_server()
