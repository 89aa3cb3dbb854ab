"""Claims about the worker: it runs any notebook's cells and puts any object into plain values.

All goes over the real boundary: conftest.py's `student` talks to a real worker, fresh for each test.
"""

import errno
from typing import Any

import numpy as np
import pytest

from autograder.checker.channel import StudentError, WorkerLost
from autograder.checker.student import Student
from autograder.protocol.codec import Opaque
from autograder.protocol.messages import MAX_TEXT
from checks.policy_gradient.notebook import Model


def value(student: Student, expression: str) -> Any:
    """What comes over the boundary in place of the expression's value."""
    student.run_cell("value", f"def value():\n    return ({expression})")
    return student.value()


def test_statements_behind_one_that_raises_still_run(student: Student):
    """A function stands even where the lines that try it out fail."""
    cell = "a = 1\nprint(b)\ndef f():\n    return a\n1 / 0\na = 2"
    first, second = student.cell_errors("try-out", cell)
    assert (first.type_name, first.cell, first.line) == ("NameError", "try-out", 2)
    assert (second.type_name, second.cell, second.line) == ("ZeroDivisionError", "try-out", 5)
    assert student.f() == 2


def test_what_a_cell_raised_is_cut_to_a_sentence_where_it_is_kept(student: Student):
    """The checker keeps one for every cell, and a worker may send megabytes."""
    cell = "from autograder.worker import cells\ncells.MAX_TEXT = 10**6\nassert 0, 'x' * 10**6"
    (trouble,) = student.cell_errors("long", cell)
    assert trouble.text == "x" * MAX_TEXT


def test_a_librarys_own_word_for_too_little_memory_has_the_systems_number(student: Student):
    """From a cell as from a call: a sentence follows from the number, whatever the library calls it."""
    full = "tf.errors.ResourceExhaustedError(None, None, 'OOM')"
    (trouble,) = student.cell_errors("full", f"def f():\n    raise {full}\nf()")
    assert (trouble.type_name, trouble.errno) == ("ResourceExhaustedError", errno.ENOMEM)
    with pytest.raises(StudentError) as caught:
        student.f()
    assert caught.value.raised.errno == errno.ENOMEM


def test_a_cell_that_is_no_python_runs_not_at_all(student: Student):
    """As in Jupyter; the trouble says where."""
    (trouble,) = student.cell_errors("broken", "a = 1\nb = (\nc = 2")
    assert (trouble.type_name, trouble.cell) == ("SyntaxError", "broken")
    assert trouble.line in (2, 3)
    assert student.ask("defines", "a") is False


@pytest.mark.parametrize(
    "statement",
    ["raise SystemExit", "exit()", "import sys; sys.exit(3)", "raise KeyboardInterrupt",
     "raise GeneratorExit", "raise BaseException('all')", "assert False", "await something"],
)  # fmt: skip
def test_nothing_that_a_statement_raises_ends_the_worker(statement: str, student: Student):
    """The cell goes on behind it, and so does the notebook."""
    student.cell_errors("leave", f"{statement}\na = 1")
    student.run_cell("next", "def still_here():\n    return True")
    assert student.still_here() is True


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("%matplotlib inline\na = 1", 1),
        ("!pip install nothing\na = 1", 1),
        ("%%time\na = 1", 1),
        ("%%capture output\na = 1", 1),
        ("%time a = 1", 1),
        ("print?\na = 1", 1),
        ("b = %timeit -o 1 + 1\na = 1", 1),
        ("get_ipython().run_line_magic('matplotlib', 'inline')\na = 1", 1),
        ("get_ipython().system('ls')\na = 1", 1),
        ("if True:\n    %matplotlib inline\n    a = 1", 1),
        ("a = '''\n%matplotlib\n'''", "\n%matplotlib\n"),
    ],
)
def test_magics_do_not_get_in_the_way(cell: str, expected: Any, student: Student):
    """What they wrap runs, all else of them does nothing."""
    student.run_cell("magic", cell)
    assert student.ask("read", "a") == expected


@pytest.mark.parametrize("cell", ["%%bash\nrm -rf /", "%%html\n<b>", "%%javascript\nalert(1)"])
def test_cells_in_other_languages_do_not_run(cell: str, student: Student):
    """Neither as Python nor as what they are."""
    assert student.cell_errors("other", cell) == []


def test_trouble_under_a_magic_is_told(student: Student):
    """With the exception that the wrapped code raised."""
    (trouble,) = student.cell_errors("magic", "%%time\n1 / 0")
    assert (trouble.type_name, trouble.line) == ("ZeroDivisionError", 2)


def test_cells_are_the_module_main(student: Student):
    """Names are shared; dataclasses, pickle and inspect find what they look for."""
    student.run_cell("one", "a = 1\nassert __name__ == '__main__'")
    student.run_cell(
        "two",
        "import dataclasses, inspect, pickle\n"
        "@dataclasses.dataclass\nclass Point:\n    x: int = a\n"
        "assert pickle.loads(pickle.dumps(Point())) == Point(1)\n"
        "def f():\n    return 'source'\n"
        "assert 'source' in inspect.getsource(f)",
    )


def test_an_error_is_placed_where_the_notebook_made_it(student: Student):
    """In the innermost line of a cell, not in the library that it called."""
    student.run_cell("shapes", "def inner():\n    return np.zeros(2) + np.zeros(3)")
    student.run_cell("outer", "def outer():\n    return inner()")
    with pytest.raises(StudentError) as caught:
        student.outer()
    raised = caught.value.raised
    assert (raised.type_name, raised.cell, raised.line) == ("ValueError", "shapes", 2)
    assert "broadcast" in raised.text


@pytest.mark.parametrize(
    "body",
    [
        "class E(Exception):\n    def __str__(self): raise OSError\nraise E",
        "class E(Exception):\n    lineno = 'three'\nraise E",
        "class E(Exception):\n    lineno = 2**80\nraise E",
        "class E(Exception):\n    lineno = property(lambda self: 1 / 0)\nraise E",
        "class S(str):\n    __getitem__ = None\nclass E(Exception):\n"
        "    def __str__(self): return S('x')\nraise E",
        "class M(type):\n    __name__ = property(lambda cls: 1 / 0)\n"
        "class E(Exception, metaclass=M): pass\nraise E",
        "raise type('E' * 10_000, (Exception,), {})('x' * 10**7)",
        "raise Exception('\\ud800')",
    ],
    ids=["text", "line", "huge line", "property", "slice", "name", "long", "surrogate"],
)
def test_an_exception_that_lies_is_an_exception(body: str, student: Student):
    """Its function failed; the worker answers the next request."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    student.run_cell("liar", f"def f():\n{lines}")
    with pytest.raises(StudentError) as caught:
        student.f()
    assert len(caught.value.raised.text) <= 500
    assert value(student, "1") == 1


PLAIN = {
    "None": None,
    "True": True,
    "3": 3,
    "1.5": 1.5,
    "'text'": "text",
    "[1, (2, 3.0)]": [1, (2, 3.0)],
    "{'a': [1], 2: 'b'}": {"a": [1], "2": "b"},
    "__import__('collections').namedtuple('P', 'x y')(1, 2)": (1, 2),
    "__import__('collections').defaultdict(int, a=1)": {"a": 1},
    "__import__('collections').deque([1, 2])": [1, 2],
    "__import__('enum').IntEnum('Action', 'LEFT RIGHT').RIGHT": 2,
    "__import__('pandas').Series([1.5, 2])": np.array([1.5, 2]),
    "np.int64(3)": np.int64(3),
    "np.float32(0.5)": np.float32(0.5),
    "np.bool_(True)": np.bool_(True),
    "np.arange(3)": np.arange(3),
    "np.zeros((0, 2), np.float16)": np.zeros((0, 2), np.float16),
    "np.arange(3, dtype='>i4')": np.arange(3),
    "np.matrix([[1, 2]])": np.array([[1, 2]]),
    "np.ma.masked_array([1, 2], [0, 1])": np.array([1, 2]),
    "tf.constant([1.0, 2.0])": np.array([1.0, 2.0], np.float32),
    "tf.constant(3)": np.int32(3),
    "tf.Variable([1])": np.array([1]),
    "keras.ops.ones(2)": np.ones(2),
}


@pytest.mark.parametrize("expression", PLAIN)
def test_values_cross_as_plain_values(expression: str, student: Student):
    """What a student may sensibly return arrives as what it means."""
    expected, found = PLAIN[expression], value(student, expression)
    if isinstance(expected, np.ndarray | np.generic):
        assert type(found) is type(expected)
        np.testing.assert_array_equal(found, expected)
    else:
        assert found == expected
        assert type(found) is type(expected)


OPAQUE = {
    "2**70": "int of more than 64 bits",
    "{1, 2}": "set",
    "b'bytes'": "bytes",
    "(x for x in [1])": "generator",
    "np": "module",
    "object()": "object",
    "1j": "complex",
    "np.array(['a'])": "array of <U1",
    "np.array([None])": "array of object",
    "np.complex64(1)": "array of complex64",
    "tf.constant('text')": "bytes",
    "tf.constant(1, tf.bfloat16)": "array of bfloat16",
    "tf.ragged.constant([[1], [1, 2]])": "array of object",
    "keras.Input((3,))": "KerasTensor",
    "'x' * 10**7": "value too large",
    "[0] * 300_000": "value too large",
    "np.zeros(10**7)": "value too large",
    "np.zeros((1,) * 20)": "value too large",
}


@pytest.mark.parametrize("expression", OPAQUE)
def test_what_cannot_cross_is_known_by_its_types_name(expression: str, student: Student):
    """The check sees that it is something else; nothing is lost but the value."""
    found = value(student, expression)
    assert isinstance(found, Opaque)
    assert found.type_name == OPAQUE[expression]


def test_a_list_that_contains_itself_ends_somewhere(student: Student):
    """At the depth where the boundary ends."""
    student.run_cell("loop", "endless = []\nendless.append(endless)")
    found = value(student, "endless")
    while isinstance(found, list):
        (found,) = found
    assert isinstance(found, Opaque)


LIARS = {
    "list": "class L(list):\n    def __iter__(self): raise OSError('no')\nliar = L([1])",
    "dict": "class L(dict):\n    def items(self): return [(1, 2, 3)]\nliar = L(a=1)",
    "key": "class K:\n    def __str__(self): raise OSError('no')\nliar = {K(): 1}",
    "attributes": "class L:\n    def __getattr__(self, name): raise OSError('no')\nliar = L()",
    "class": "class L:\n    __class__ = property(lambda self: 1 / 0)\nliar = L()",
    "dtype": "class L(np.ndarray):\n    dtype = property(lambda self: 1 / 0)\n"
    "liar = np.zeros(2).view(L)",
    "tensor": "class L:\n    numpy = lambda self: 1 / 0\nL.__module__ = 'tensorflow.x'\nliar = L()",
}  # fmt: skip


@pytest.mark.parametrize("kind", LIARS)
def test_an_object_that_lies_costs_its_own_call_only(kind: str, student: Student):
    """Whatever happens while it is put into plain values, the next call is answered."""
    student.run_cell("liar", LIARS[kind])
    with pytest.raises(StudentError):
        value(student, "liar")
    assert value(student, "[1]") == [1]


def test_a_scalar_that_lies_about_its_type_is_no_number(student: Student):
    """What the encoding refuses is not sent."""
    student.run_cell("liar", "class L(np.float64):\n    dtype = 'what it likes'")
    try:
        assert isinstance(value(student, "L(1)"), Opaque)
    except (StudentError, WorkerLost):
        return


def test_what_claims_to_be_a_model_is_a_model_that_fails(student: Student):
    """A class that says that it is another's is believed, and found out by what it computes."""
    student.run_cell("liar", "class L:\n    __class__ = keras.Model\nliar = L()")
    model = value(student, "liar")
    assert isinstance(model, Model)
    with pytest.raises(StudentError):
        model.weights()
    assert value(student, "1") == 1
