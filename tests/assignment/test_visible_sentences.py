"""What the visible checks make of the long errors of libraries: the line with the point."""

import pytest

from tests.helpers.assignment import load_assignment_module

sentences = load_assignment_module("visible/sentences")

KERAS = (
    "Exception encountered when calling Functional.call().\n\n"
    "\x1b[1mInvalid input shape for input Tensor. Expected shape (None, 80, 80, 2)\x1b[0m\n\n"
    "Arguments received by Functional.call():\n  • inputs=tf.Tensor(shape=(80, 80, 2))"
)
TENSORFLOW = (
    "Graph execution error:\n\nDetected at node gradient_tape/mul defined at (most recent call last):\n"
    'File "/usr/lib/python3.11/runpy.py", line 198, in _run_module_as_main\n'
    "{{function_node __wrapped__Mul_device_/job:localhost}} Incompatible shapes: [20] vs. [20,6] [Op:Mul]"
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (KERAS, "Invalid input shape for input Tensor. Expected shape (None, 80, 80, 2)"),
        (TENSORFLOW, "Incompatible shapes: [20] vs. [20,6] [Op:Mul]"),
        (
            "'Episode' object has no attribute 'reward'",
            "'Episode' object has no attribute 'reward'",
        ),
        ("", "no more is known"),
        ("Graph execution error:", "Graph execution error:"),
    ],
)
def test_of_an_error_the_point_is_left(text, wanted):
    """Without colours, and without what stands around it."""
    assert sentences.point(text) == wanted


def test_what_is_long_all_the_same_is_cut_between_words():
    """So that it stays a line."""
    line = sentences.point("some words " * 100)
    assert len(line) <= 250
    assert line.endswith("words ...") or line.endswith("some ...")
