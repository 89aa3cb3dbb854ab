"""Claims about cells: what they mean in Jupyter they mean here, since IPython's own shell runs them."""

import pytest

from autograder.checker.channel import StudentError
from autograder.checker.student import Student

JUPYTER = {
    "await": (["import asyncio", "await asyncio.sleep(0)\na = await asyncio.sleep(0, 3)"], 3),
    "await in a block": (["import asyncio\nfor i in range(2):\n    a = await asyncio.sleep(0, i)"], 1),
    "gather": (
        ["import asyncio\nasync def f(x): return x\na = sum(await asyncio.gather(f(1), f(2)))"],
        3,
    ),
    "async with": (
        ["import contextlib\n@contextlib.asynccontextmanager\nasync def c(): yield 5\n"
         "async with c() as a: pass"],
        5,
    ),
    "a future for all later cells": (
        ["from __future__ import annotations", "def f(x: nothing) -> nowhere: return 2\na = f(0)"],
        2,
    ),
    "the last value": (["40 + 2", "a = _"], 42),
    "no last value of an assignment": (["1", "b = 2", "a = _"], 1),
    "a written module": (["%%writefile own.py\nvalue = 7", "import own\na = own.value"], 7),
    "an appended module": (
        ["%%writefile own2.py\nx = 1", "%%writefile -a own2.py\ny = 2", "from own2 import y as a"],
        2,
    ),
    "a file that is run": (["%%writefile part.py\na = 8", "%run part.py"], 8),
    "captured output": (["%%capture out\nprint('x')\nb = 1", "a = out.stdout + str(b)"], "x\n1"),
    "time keeps names": (["%%time\ndef f():\n    return 4", "a = f()"], 4),
    "the value of time": (["a = %time 6 * 7"], 42),
    "a variable of the environment": (["%env SOME=thing", "import os\na = os.environ['SOME']"], "thing"),
    "a display": (["from IPython.display import display, HTML\ndisplay(HTML('<b>'))\na = 1"], 1),
    "display without import": (["display(3)\na = 1"], 1),
    "html as a cell": (["%%html\n<b>", "a = 1"], 1),
    "a program's output": (["a = !ls"], []),
    "no program": (["!true\na = _exit_code"], 0),
    "who am I": (["a = get_ipython().__class__.__mro__[1].__name__"], "InteractiveShell"),
    "get_ipython from IPython": (
        ["import IPython\na = IPython.get_ipython() is get_ipython()"],
        True,
    ),
    "a question": (["print?\na = 1"], 1),
    "a trailing semicolon": (["a = 1;"], 1),
    "indented by an editor": (["    a = 1\n    a += 1"], 2),
    "a prompt copied along": ([">>> a = 3"], 3),
    "tabs": (["if True:\n\ta = 1"], 1),
    "windows line ends": (["a = 1\r\na += 1"], 2),
    "behind a statement that raises": (["1 / 0\ndef f(): return 9", "a = f()"], 9),
    "behind one that raises under time": (["%%time\n1 / 0\ndef f(): return 9", "a = f()"], 9),
    "a cell that exits": (["exit()\na = 1"], 1),
}  # fmt: skip


@pytest.mark.parametrize("habit", JUPYTER)
def test_a_cell_means_what_it_means_in_jupyter(habit: str, student: Student):
    """Whatever IPython makes of it there."""
    cells, expected = JUPYTER[habit]
    for number, cell in enumerate(cells):
        student.cell_errors(f"cell {number}", cell)
    found = student.ask("read", "a")
    assert found == expected
    assert type(found) is type(expected)


def test_a_function_below_a_magic_is_found_by_its_lines(student: Student):
    """Tracebacks and inspect.getsource count the cell's own lines."""
    student.run_cell("timed", "%%time\nimport inspect\ndef f():\n    return 1 / 0")
    student.run_cell("look", "def look():\n    return inspect.getsource(f)")
    assert student.look() == "def f():\n    return 1 / 0"
    with pytest.raises(StudentError) as caught:
        student.f()
    assert (caught.value.raised.cell, caught.value.raised.line) == ("timed", 4)


@pytest.mark.parametrize(
    "magic", ["%tensorboard --logdir logs", "%lprun -f f f()", "%pip install x"]
)
def test_a_magic_that_has_no_place_in_grading_does_nothing(magic: str, student: Student):
    """It installs, measures or shows, or comes with an extension that is not here: nothing goes wrong."""
    assert list(student.cell_errors("magic", magic)) == []


def test_what_fails_in_a_file_that_is_run_is_told(student: Student):
    """With its type and text."""
    student.run_cell("write", "%%writefile broken.py\nint('x')")
    (error,) = student.cell_errors("run", "%run broken.py")
    assert error.type_name == "ValueError"
