"""The package's arrows, read from its imports: who may know whom, and how large a file may become."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "autograder"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)
FOLDERS = sorted({path.parent for path in FILES if path.name == "__init__.py"})

# What each may import of the package, beside itself. A name with a dot is that module alone: the sandbox's
# forks start the two programs that they become. Engines know the sandbox by the command line that starts it.
ALLOWED = {
    "protocol": set(),
    "worker": {"protocol"},
    "checker": {"protocol", "submission", "course", "errors", "limits", "plaintext", "report"},
    "submission": {"course", "errors", "limits", "report"},
    "sandbox": {
        "checker.main", "worker.extension", "worker.main", "worker.shell", "protocol", "course",
        "errors.AutograderError",
        "limits",
    },
    "engines": {"protocol", "course", "errors", "limits", "report"},
    "batch": {
        "engines.base", "engines.registry", "submission.assignment", "submission.bounded",
        "submission.read", "course", "errors", "fault", "files",
        "limits", "report",
    },
    "collect": {
        "batch.discover", "grades", "course", "errors", "files", "limits", "plaintext",
    },
    "grades": {"course", "errors", "files", "plaintext", "report"},
    "outputs": {"submission.assignment", "course", "errors", "fault", "grades", "plaintext", "report"},
    "pages": {
        "batch.discover", "batch.reading", "batch.several", "batch.store", "grades", "outputs.sentences",
        "submission.assignment", "submission.read", "submission.recognise",
        "course", "errors", "fault", "files", "plaintext", "report",
    },
    "regrade": {
        "batch.job", "batch.store", "engines.base", "grades", "submission.assignment",
        "course", "errors", "files", "plaintext", "report",
    },
    "platforms": {
        "batch", "engines.base", "engines.context", "engines.process", "engines.registry", "outputs",
        "submission.assignment", "course", "errors", "files", "limits", "plaintext", "report",
    },
    "explain": {
        "batch.discover", "batch.reading", "batch.several", "batch.store", "engines.base",
        "protocol.codec", "protocol.transcript", "submission.assignment", "submission.plan",
        "course", "errors", "plaintext", "report",
    },
    "release": {"course", "errors"},
    "nbgrader": {
        "batch", "engines.registry", "files", "grades", "outputs.sentences", "release", "submission",
        "course", "errors", "fault", "plaintext", "report",
    },
    "cases": {"submission.assignment", "course", "errors", "report"},
    "certificate": {
        "batch.job", "batch.reading", "cases", "checker.naming.catalogue", "release.magics",
        "release.statements", "submission.assignment", "course", "errors", "fault", "report",
    },
    "course": {"errors", "files", "report.Visibility"},
    "errors": set(),
    "fault": {"plaintext"},
    "files": {"errors"},
    "limits": set(),
    "plaintext": set(),
    "report": {"errors"},
    "watch": {
        "batch", "outputs", "errors", "files", "limits", "plaintext", "report",
    },
    "remote": {
        "batch.job", "batch.retry", "engines.base", "course", "errors", "files", "limits", "report",
    },
    "doctor": {"engines", "release", "sandbox.probe", "submission", "course", "errors"},
    "selftest": {"engines.base", "release", "submission", "course", "errors", "fault", "report"},
    "cli": {
        "batch", "cases.loading", "certificate", "collect.collect", "doctor", "engines", "explain", "grades",
        "nbgrader", "outputs", "pages", "platforms", "regrade", "release", "remote", "selftest",
        "submission.assignment", "submission.bounded", "watch",
        "course", "errors", "files", "plaintext", "report",
    },
    "__main__": {"cli.main"},
    "__init__": set(),
}  # fmt: skip
# Of the package, hidden checks know what they are written with.
FOR_CHECKS = {"checker", "protocol.codec.Opaque", "submission.plan"}
CHECKS = sorted((ROOT / "checks").glob("*/*.py"))
IDEAS = sorted((ROOT / "checks").glob("*/misconceptions/*.py"))
# What one assignment is about: no other assignment may find any of it in the package.
ASSIGNMENTS_WORDS = re.compile(
    r"pong|policy[ _]gradient|episode|keras|tensor|ResourceExhausted|gymnasium|ale_py|\bale\b|"
    r"observation|\benv\.|\b80 ?[x*,] ?80\b",
    re.IGNORECASE,
)
CODE = {".py", ".toml", ".sh", ".txt", ".json", ""}


def module(path: Path) -> str:
    """A file's module below the package: "protocol.codec", "cli"."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide who is meant"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[str]:
    """The modules of this package that a file imports, as "protocol.codec.encode" or "report"."""
    names = {name.removeprefix("autograder.") for name in imported(path) if _is_ours(name)}
    return names - {"autograder"}


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] == "autograder"


def named(path: Path) -> str:
    """A file's id in the tests."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_import_follows_an_arrow(path: Path):
    """A package imports itself and what stands beside its name in the table, and nothing else."""
    own = module(path).split(".")[0]
    for name in ours(path):
        allowed = ALLOWED[own] | {own}
        assert any(f"{name}.".startswith(f"{known}.") for known in allowed), f"{own} -> {name}"


def test_every_arrow_is_used():
    """The table says no more than what is; a package that it does not name has no arrows."""
    used: dict[str, set[str]] = {module(path).split(".")[0]: set() for path in FILES}
    for path in FILES:
        used[module(path).split(".")[0]] |= ours(path)
    assert set(used) == set(ALLOWED)
    unused = {
        (own, known)
        for own, allowed in ALLOWED.items()
        for known in allowed
        if not any(f"{name}.".startswith(f"{known}.") for name in used[own])
    }
    assert unused == set()


def test_nobody_but_its_starter_imports_the_command_line():
    """What can be done from the keyboard can be done from Python."""
    knowing = [path for path in FILES if any(name.startswith("cli.") for name in ours(path))]
    outside = [named(path) for path in knowing if not module(path).startswith("cli.")]
    assert outside == ["autograder/__main__.py"]


def test_the_protocol_needs_the_standard_library_and_numpy_only():
    """What both sides share can be read, fuzzed and trusted alone."""
    allowed = {
        "__future__", "autograder", "base64", "collections", "dataclasses", "enum", "json", "math", "numpy",
        "struct", "typing", "zlib",
    }  # fmt: skip
    for path in (PACKAGE / "protocol").glob("*.py"):
        assert {name.split(".")[0] for name in imported(path)} <= allowed


def test_no_secret_reaches_the_worker():
    """Neither the hidden checks nor what reads the master is imported by student code's process."""
    for path in (PACKAGE / "worker").glob("*.py"):
        assert not {name.split(".")[0] for name in imported(path)} & {"checks"}
        assert not {name.split(".")[0] for name in ours(path)} & {"checker", "submission"}


@pytest.mark.parametrize("path", [*CHECKS, *IDEAS], ids=named)
def test_checks_know_what_they_are_written_with_and_no_other_assignment(path: Path):
    """An assignment is at home in its own folder."""
    for name in ours(path):
        known_by = FOR_CHECKS | ({"report.Verdict"} if path in IDEAS else set())
        assert any(f"{name}.".startswith(f"{known}.") for known in known_by), name
    others = {name for name in imported(path) if name.split(".")[0] == "checks"}
    assert {name.split(".")[1] for name in others} <= {path.relative_to(ROOT / "checks").parts[0]}


@pytest.mark.parametrize("path", [p for p in CHECKS if p.name == "worker.py"], ids=named)
def test_what_student_codes_process_loads_of_the_checks_stands_alone(path: Path):
    """It knows nothing of the trusted side, nor does any file of the checks that it needs."""
    loaded, needed = set(), {path}
    while needed:
        loaded.add(now := needed.pop())
        names = set(imported(now))
        assert "autograder" not in {name.split(".")[0] for name in names}
        files = {path.parent / f"{name.split('.')[2]}.py" for name in names if name[:6] == "checks"}
        assert all(file.name.startswith("worker") for file in files)
        needed |= files - loaded


def test_nobody_in_the_package_knows_an_assignment():
    """No word of what one is about, in any line of code or recipe: another course installs it as it is."""
    found = {
        f"{named(path)}:{number}": line.strip()
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file() and path.suffix in CODE and "__pycache__" not in path.parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if ASSIGNMENTS_WORDS.search(line)
    }
    assert found == {}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_is_unpickled_and_only_the_worker_executes(path: Path):
    """What comes from a student is data everywhere else."""
    dangerous = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "runpy"}
    assert not {name.split(".")[0] for name in imported(path)} & dangerous
    if module(path).startswith("worker"):
        return
    calls = [n.func for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)]
    called = {call.id for call in calls if isinstance(call, ast.Name)}
    assert not called & {"eval", "exec", "compile", "__import__"}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_is_read_in_one_sitting(path: Path):
    """Under 300 lines, and with a docstring that says what it is for."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) < 300
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_package_says_in_its_first_line_what_it_is(folder: Path):
    """One sentence, as the table of contents of all packages."""
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
    assert docstring
    first = docstring.splitlines()[0]
    assert first.endswith((".", "..."))
    assert len(first) <= 100


def test_tests_are_read_in_one_sitting():
    """The same holds for the files here, in every room."""
    long = {
        named(path): lines
        for path in (ROOT / "tests").rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) >= 300
    }
    assert long == {}
