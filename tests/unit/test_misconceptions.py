"""Claims about the known wrong ideas: what a file of them must say, and what ours do say."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from autograder.checker.naming import catalogue
from autograder.checker.naming.catalogue import EVERY, FOLDER, WRONG, MisconceptionError
from autograder.checker.naming.look import Stopped, close, packed, unpacked, written
from autograder.checker.naming.wrong import own_names
from autograder.course.folder import Course
from samples import corpus

IDEA = '"""One sentence.\n\n    Read again: Returns\n    """'
NAMES = corpus.assignments()


def ours(assignment: str) -> catalogue.Catalogue:
    """The ideas of one of the course's assignments."""
    return catalogue.load(Course(corpus.ROOT, assignment).checks, [*corpus.points(assignment)])


def load(tmp_path: Path, **files: str) -> catalogue.Catalogue:
    """The catalogue of these files about the exercise `double`."""
    (tmp_path / FOLDER).mkdir()
    for name, source in files.items():
        (tmp_path / FOLDER / f"{name}.py").write_text(source)
    return catalogue.load(tmp_path, ["double"])


def wrong(name: str, docstring: str = IDEA) -> str:
    """A file with one wrong solution."""
    return f"def {name}(number):\n    {docstring}\n    return number\n"


IDEAS = [
    pytest.param(each, id=f"{n}.{each.exercise}.{each.name}")
    for n in NAMES
    for each in ours(n).ideas
]


def test_there_are_enough_ideas():
    """Whoever takes one away has to say so."""
    assert len(ours("policy_gradient").ideas) >= 60
    assert len(ours("returns_warmup").ideas) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_every_exercise_has_ideas(name: str):
    """None of them is left to vague sentences."""
    assert {each.exercise for each in ours(name).ideas} - {EVERY} == set(corpus.points(name))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_to_be_read_again_is_there(name: str):
    """Each idea names a heading of the notebook that students have."""
    notebook = nbformat.read(Course(corpus.ROOT, name).master, as_version=4)
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    headings = {m[1].strip() for text in texts for m in re.finditer(r"(?m)^#+ (.+)$", text)}
    assert {each.read_again for each in ours(name).ideas} <= headings


@pytest.mark.parametrize("idea", IDEAS)
def test_a_sentence_is_short_and_ends(idea: catalogue.Misconception):
    """It is read by somebody who has just lost points."""
    assert 40 <= len(idea.sentence) <= catalogue.LONGEST
    assert idea.sentence.endswith((".", "?"))
    assert "!" not in idea.sentence


@pytest.mark.parametrize("idea", IDEAS)
def test_a_sentence_speaks_of_the_notebook_and_not_of_us(idea: catalogue.Misconception):
    """No word of how it is graded, none that blames."""
    jargon = (
        r"(?i)hidden check|grader|stand-in|SmallModel|LinearPolicy|stupid|obviously|simply wrong"
    )
    assert not re.search(jargon, idea.sentence)


def test_an_idea_is_read_from_its_function(tmp_path: Path):
    """Name, sentence, heading; what begins with an underscore is none."""
    source = wrong("halves") + "\n\ndef _help(number):\n    return number\n"
    (idea,) = load(tmp_path, double_looks="", double_wrong=source).ideas
    assert (idea.name, idea.exercise, idea.kind) == ("halves", "double", WRONG)
    assert (idea.sentence, idea.read_again) == ("One sentence.", "Returns")


def test_without_a_folder_there_is_no_idea(tmp_path: Path):
    """An assignment need not know any."""
    assert catalogue.load(tmp_path, ["double"]).ideas == ()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"triple_wrong": wrong("halves")}, "is about no exercise"),
        ({"double_notes": ""}, "is about no exercise"),
        ({"double_looks_2": ""}, "is about no exercise"),
        ({"every_wrong": wrong("halves")}, "is about no exercise"),
        ({"double_wrong": wrong("halves")}, "there must be double_looks.py"),
        (
            {"double_looks": "", "double_wrong": wrong("halves", '"""One."""')},
            "a docstring of two parts",
        ),
        (
            {"double_looks": "", "double_wrong": "def halves(n):\n    return n\n"},
            "a docstring of two parts",
        ),
        ({"double_signs": wrong("halves", IDEA.replace("One", "One " * 101))}, "are enough"),
        ({"double_signs": "def halves(:"}, "is no Python"),
        (
            {"double_signs": wrong("halves"), "double_signs_2": wrong("halves")},
            "halves is in double_signs.py and in double_signs_2.py",
        ),
    ],
)
def test_what_has_no_meaning_is_refused(tmp_path: Path, files: dict[str, str], says: str):
    """With the file, and what is wrong with it."""
    with pytest.raises(MisconceptionError, match=re.escape(says)):
        load(tmp_path, **files)


def test_files_of_wrong_solutions_do_not_change_each_other():
    """Both may have a helper of one name; what they import and call keeps its own."""
    source = (
        "import numpy as np\n_half = 0.5\n\ndef halves(x):\n    return np.abs(double(x)) * _half\n"
    )
    made = own_names(source, "double_wrong")
    assert "def _double_wrong__halves(x)" in made
    assert "np.abs(double(x)) * _double_wrong___half" in made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, 2.0], np.array([1, 2], np.float32)),
        (np.nan, float("nan")),
        ({"a": [1]}, {"a": (1,)}),
        (Stopped("raised", "ValueError", "this"), Stopped("raised", "ValueError", "that")),
        (None, None),
    ],
)
def test_answers_that_are_the_same(one: object, other: object):
    """But for rounding, types of numbers, and what an exception says."""
    assert close(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, 2], [1, 3]),
        ([1, 2], [1, 2, 3]),
        (1, "1"),
        (True, "True"),
        (None, 0),
        (Stopped("raised", "ValueError"), Stopped("raised", "TypeError")),
        (Stopped("late"), None),
    ],
)
def test_answers_that_are_not(one: object, other: object):
    """Nothing that a student returns breaks the comparison."""
    assert not close(one, other)


def test_an_answer_crosses_as_plain_data():
    """So does that there is none; a student cannot make the one look like the other."""
    for answer in ([False, "late", "", ""], Stopped("raised", "ValueError", "text"), None, 1.5):
        assert unpacked(packed(answer)) == answer


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ([1.0, 0.25], "1, 0.25"),
        (None, "nothing"),
        (np.zeros((80, 80)), "numbers of the shape (80, 80)"),
        ("<b>" * 100, "<b>" * 26 + "<…"),
    ],
)
def test_an_answer_is_written_as_a_person_would(answer: object, text: str):
    """Few numbers with commas between, the rest by its shape, and never much."""
    assert written(answer) == text
