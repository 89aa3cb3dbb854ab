"""Claims about the rubric: what is in it, and where `autograder rubric` puts each assignment's table."""

from pathlib import Path

import pytest

from autograder.course.checks import checks_in
from autograder.course.folder import Course
from autograder.outputs import rubric
from tests.helpers import small_class, tiny_course
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.small_class import SMALL

OTHER = "other"
TABLE = (
    "| exercise and its checks | what they look at | points |\n|---|---|---:|\n"
    "| **returns** | | **5** |\n| values | They are what they should be | 5 |"
)


@pytest.fixture(autouse=True)
def _two(small: Course) -> None:
    """A course of two assignments, whose tables are alike."""
    small_class.lay_out(small.root, OTHER)


def place(name: str, table: str = "") -> str:
    """An assignment's marks, and what stands between them."""
    return f"<!-- rubric {name}: begin -->\n{table}\n<!-- rubric {name}: end -->\n"


def test_each_table_is_printed_alone_or_with_its_name(run: Run):
    """One that is asked for can be piped into a file as it is."""
    assert run("rubric", "--assignment", SMALL) == (0, f"{TABLE}\n", "")
    assert run("rubric") == (0, f"{OTHER}\n\n{TABLE}\n\n{SMALL}\n\n{TABLE}\n\n", "")


def test_every_table_is_written_in_its_place(run: Run):
    """Around them the file stays as it is; after that it is current, until one is changed."""
    path = Path("README.md")
    path.write_text(f"# Small\n{place(SMALL, 'old')}between\n{place(OTHER)}after\n")
    status, _, errors = run("rubric", "--check")
    assert status == 1
    assert is_one_sentence(errors)
    assert f"The rubric of {OTHER}, {SMALL} is stale" in errors
    assert "autograder rubric --write README.md" in errors
    assert run("rubric", "--write", "README.md")[0] == 0
    written = f"# Small\n{place(SMALL, TABLE)}between\n{place(OTHER, TABLE)}after\n"
    assert path.read_text() == written
    status, output, _ = run("rubric", "--check")
    assert (status, output.count("is current")) == (0, 2)
    path.write_text(written.replace("| 5 |\n<!-- rubric other", "| 6 |\n<!-- rubric other"))
    status, _, errors = run("rubric", "--check")
    assert status == 1
    assert f"The rubric of {OTHER} is stale" in errors


def test_a_file_may_have_a_place_for_one_assignment_alone(run: Run):
    """That one is written; where all are asked for, the other is named with the marks that it needs."""
    path = Path("small.md")
    path.write_text(place(SMALL))
    for options in (["--write", "small.md"], ["--write", "small.md", "--check"]):
        status, output, errors = run("rubric", *options)
        assert status == 1
        assert output == f"The rubric of {SMALL} in small.md is current.\n"
        assert is_one_sentence(errors)
        assert f"no place for the rubric of {OTHER}" in errors
        assert f"<!-- rubric {OTHER}: begin -->" in errors
        assert path.read_text() == place(SMALL, TABLE)
        assert run("rubric", *options, "--assignment", SMALL)[0] == 0
    assert run("rubric", "--write", "small.md", "--assignment", OTHER)[0] == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{place(OTHER)}<!-- rubric {SMALL}: begin -->",
        f"{place(OTHER)}<!-- rubric {SMALL}: end --><!-- rubric {SMALL}: begin -->",
        f"{place(OTHER)}{place(SMALL)}{place(SMALL)}",
    ],
    ids=["no end", "the end first", "twice"],
)
def test_a_file_with_broken_marks_stays_as_it_is(text: str, run: Run):
    """No table is put anywhere else, nor is another assignment's written before that is mended."""
    Path("README.md").write_text(text)
    status, output, errors = run("rubric", "--write", "README.md")
    assert (status, output) == (1, "")
    assert is_one_sentence(errors)
    assert f"<!-- rubric {SMALL}: begin -->" in errors
    assert Path("README.md").read_text() == text


def test_a_file_that_is_not_there_is_wrong_usage(run: Run):
    """As is one that holds no text."""
    Path("picture.png").write_bytes(b"\x89PNG\xff")
    for name in ("nowhere.md", "picture.png"):
        status, output, errors = run("rubric", "--write", name)
        assert (status, output) == (2, "")
        assert is_one_sentence(errors)
        assert name in errors


def test_the_name_of_another_assignment_is_no_part_of_a_mark():
    """`returns` and `returns_two` in one file are told apart."""
    text = place("returns_two")
    assert not rubric.has_place(text, rubric.mark("returns"))
    assert rubric.has_place(text, rubric.mark("returns_two"))


def test_the_rubric_reads_names_lines_and_weights(tmp_path: Path):
    """What a check looks at is its docstring's first line, or its name; helpers are passed over."""
    text = (
        "def test_one(student):\n    '''First line: a | b.\n\n    More.'''\n"
        "def helper():\n    pass\n"
        "def test_without_words(student):\n    pass\n"
        "def test_shown(student):\n    '''For information.'''\n"
    )
    course = tiny_course.write(tmp_path, [tiny_course.checked(text, one=2.5, shown=0)])
    assert rubric.table(course).splitlines()[2:] == [
        "| **double** | | **10** |",
        "| one | First line: a \\| b | 7.14 |",
        "| without_words | Without words | 2.86 |",
        "| shown | For information | 0 |",
    ]


def test_checks_are_read_and_never_run(tmp_path: Path):
    """A check's file may import what this machine lacks."""
    path = tmp_path / "test_x.py"
    path.write_text("raise SystemExit('was run')\ndef test_one(student):\n    pass\n")
    assert [check.name for check in checks_in(path)] == ["one"]
