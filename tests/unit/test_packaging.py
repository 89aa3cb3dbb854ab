"""Lock files, Makefile and Dockerfile keep their promises; engine/test_image.py has what is built from it."""

import re
import subprocess
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.engines import context
from autograder.engines.docker import CONFINEMENT
from tests.helpers import tiny_course
from tests.helpers.grading import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GROUPS: dict[str, list[str]] = PROJECT["dependency-groups"]
LOCKS = ("requirements.lock", "requirements-dev.lock")
EVERY_LOCK = subprocess.run(
    ["git", "ls-files", "*.lock"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split()
DOCKERFILE = (context.RECIPE / "Dockerfile").read_text()


def locked(lock: str) -> dict[str, set[str]]:
    """The versions of each package in a lock file; two where they depend on the platform."""
    versions = defaultdict(set)
    for line in re.findall(r"^([^\s#-].*?) *\\?$", (ROOT / lock).read_text(), flags=re.MULTILINE):
        requirement = Requirement(line)
        versions[requirement.name].add(str(requirement.specifier).removeprefix("=="))
    return dict(versions)


def test_the_documented_command_has_every_option_that_confines():
    """container/README.md shows what engines/docker.py does, option by option."""
    shown = (context.RECIPE / "README.md").read_text().split()
    assert set(CONFINEMENT) <= set(shown)


@pytest.mark.parametrize("lock", EVERY_LOCK)
def test_lock_file_names_no_index_and_no_host(lock):
    """Where packages come from is the machine's business."""
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


@pytest.mark.parametrize("lock", EVERY_LOCK)
def test_every_requirement_is_pinned_and_hashed(lock):
    """Without the hash of every file, --require-hashes would refuse the whole lock."""
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    loose = [b for b in blocks if "==" not in b.split("\n")[0] or "--hash=sha256:" not in b]
    assert not loose


def test_both_locks_agree_on_what_runs_in_the_image():
    """Notebooks behave on the instructor's machine as they do in the image."""
    image, everything = (locked(lock) for lock in LOCKS)
    assert {name: everything.get(name) for name in image} == image


def test_every_declared_dependency_is_locked():
    """A dependency added to pyproject.toml needs `make lock`."""
    extras = [d for extra in PROJECT["project"]["optional-dependencies"].values() for d in extra]
    declared = {
        "requirements.lock": [*GROUPS["session"], *GROUPS["course"]],
        "autograder/engines/container/requirements.lock": GROUPS["session"],
        "requirements-dev.lock": [*PROJECT["project"]["dependencies"], *GROUPS["course"], *extras],
        "requirements-docs.lock": GROUPS["docs"],
    }
    for lock, dependencies in declared.items():
        versions = locked(lock)
        for dependency in map(Requirement, dependencies):
            assert dependency.name in versions, lock
            assert all(map(dependency.specifier.contains, versions[dependency.name])), lock


def test_the_list_of_changes_begins_with_todays_version():
    """Whoever gives the package another number says what has changed."""
    numbers = re.findall(
        r"^## (\S+) - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE
    )
    assert numbers[0] == PROJECT["project"]["version"]


def test_who_installs_the_package_can_grade_with_it():
    """What a session needs is among what `pip install` brings, in the same words."""
    assert set(GROUPS["session"]) <= set(PROJECT["project"]["dependencies"])


def test_every_file_of_the_package_is_installed_with_it():
    """Recipes, skeletons and schemas are no Python: what pyproject.toml does not name would be left out."""
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    listed = subprocess.run(
        ["git", "ls-files", "autograder"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    files = [Path(name) for name in listed.stdout.split() if not name.endswith(".py")]
    assert files
    assert [path for path in files if not any(map(path.match, patterns))] == []


def test_image_starts_from_debian_alone():
    """One base, and stages built on it."""
    stages = re.findall(r"^FROM (\S+) AS (\S+)$", DOCKERFILE, flags=re.MULTILINE)
    assert len(stages) == len(re.findall(r"^FROM", DOCKERFILE, flags=re.MULTILINE))
    bases = {base for base, _ in stages} - {stage for _, stage in stages}
    assert bases == {"debian:trixie-slim"}


def test_image_downloads_nothing_unpinned():
    """Debian's signed packages and hashed wheels: no other download, no package built from source."""
    commands = DOCKERFILE.replace("\\\n", " ")
    assert not re.search(r"\b(curl|wget|git|npm)\b|^ADD|://", commands, flags=re.MULTILINE)
    installs = re.findall(r"pip\b[^&\n]* install [^&\n]*", commands)
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]
    assert "--only-binary :all:" in installs[0]


def test_dockerfile_builds_with_the_legacy_builder():
    """Neither heredocs nor mounts nor --chmod, which only BuildKit knows."""
    assert not re.search(r"<<|--mount|--chmod|--link|^# *syntax", DOCKERFILE, flags=re.MULTILINE)


@pytest.fixture
def littered(tmp_path: Path) -> Course:
    """A course folder with all that lies around in one, secrets and submissions included."""
    course = tiny_course.write(tmp_path / "course", files={"worker.py": "", "shared.py": ""})
    for name in (
        "submitted/ada/a.ipynb", "graded/a.json", ".venv/a", ".git/a", "gradebook.db", "tests/a.py",
        "docker/prepare.sh", "docker/README.md", "source/other/a.ipynb", "source/tiny/a.py",
        "checks/other/test_a.py", "checks/tiny/__pycache__/a.pyc", "checks/tiny/.a.swp",
        "checks/tiny/cases/attacks/a/edits.py", "checks/tiny/.ipynb_checkpoints/a", "release/tiny/a.py",
        "release/tiny/result.h5", "release/tiny/__pycache__/a.pyc",
    ):  # fmt: skip
        (course.root / name).parent.mkdir(parents=True, exist_ok=True)
        (course.root / name).touch()
    return course


@pytest.fixture
def laid_out(littered: Course, tmp_path: Path) -> Path:
    """What the image of that course is built from."""
    folder = tmp_path / "context"
    folder.mkdir()
    context.lay_out(littered, load_settings(littered), folder)
    return folder


def test_build_context_is_what_the_dockerfile_copies(laid_out: Path):
    """Nothing is sent to the builder for nothing."""
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, flags=re.MULTILINE)
    names = {Path(name).parts[0] for line in copied for name in line.split()}
    assert {path.name for path in laid_out.iterdir()} == names | {"Dockerfile"}


def test_submissions_and_grades_never_reach_the_builder(laid_out: Path):
    """A student's name in an image layer would be there for good; nor does anything else but what judges."""
    course = laid_out / "course"
    files = {path.relative_to(course).as_posix() for path in course.rglob("*") if path.is_file()}
    assert {name for name in files if not name.startswith("autograder/")} == {
        "source/tiny/tiny.ipynb", "release/tiny/tiny.ipynb", "release/tiny/a.py",
        "checks/tiny/assignment.toml", "checks/tiny/seed.key", "checks/tiny/shared.py",
        "checks/tiny/test_double.py", "checks/tiny/worker.py",
    }  # fmt: skip
    assert {path.name for path in (laid_out / "docker").iterdir()} == {
        "after-install.sh",
        "prepare.sh",
    }


def test_hosts_side_of_the_package_is_not_in_the_image(laid_out: Path):
    """The command line and the engines stay where no student code runs."""
    rooms = {path.name for path in (laid_out / "course" / "autograder").iterdir() if path.is_dir()}
    assert rooms == {"checker", "course", "protocol", "sandbox", "submission", "worker"}


def test_help_lists_every_target():
    """`make help` is how a newcomer finds the rest."""
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):(?!=)", makefile, flags=re.MULTILINE))
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^  make (\S+) +\S", shown.stdout, flags=re.MULTILINE)) == targets
    assert targets == set(re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[1].split())
