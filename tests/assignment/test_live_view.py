"""The live view where nobody watches: plain programs, unattended notebooks, the grading worker.

`test_jupyterlab.py` watches it in a browser.
"""

import base64
import io
import os

import nbformat
import numpy as np
import PIL.Image
import pytest
from nbclient import NotebookClient

from tests.helpers.assignment import ASSIGNMENT, load_assignment_module

pong = load_assignment_module("policy_gradient")
utils = load_assignment_module("utils")


def test_without_jupyter_nothing_is_shown(capsys):
    """In a plain program the frame is silent and does not slow the game down."""
    env = pong.PongEnv(render_mode="rgb_array")
    env.reset()
    frame = utils.create_frame(env, speed=1e-9)  # one step in two years
    utils.update_frame(frame)
    utils.update_frame(frame)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("speed", [0, -1.0, float("nan")])
def test_a_game_cannot_stand_still(speed):
    """A speed that is not positive is refused by name."""
    with pytest.raises(ValueError, match="speed must be positive"):
        utils.create_frame(pong.PongEnv(render_mode="rgb_array"), speed)


class Client(NotebookClient):
    """Run a notebook as nbconvert and nbgrader do; `pictures` counts what the kernel drew."""

    pictures = 0

    def process_message(self, message, *where):
        """Count display_data and update_display_data."""
        self.pictures += message["msg_type"].endswith("display_data")
        return super().process_message(message, *where)


PLAY = """
from policy_gradient import PongEnv
from utils import create_frame, update_frame
env = PongEnv(render_mode="rgb_array")
env.reset()
frame = create_frame(env, speed={speed})
for _ in range(50):
    env.step(4)
    update_frame(frame)
"""


def play_in_jupyter(tmp_path, source, live_view=""):
    """Run one cell that plays; return its outputs and the number of pictures drawn."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    setting = {"metadata": {"path": str(ASSIGNMENT)}}
    client = Client(
        notebook, timeout=60, kernel_name="python3", resources=setting, allow_errors=True
    )
    live = {"LIVE_VIEW": live_view} if live_view else {}
    rest = {name: value for name, value in os.environ.items() if name != "LIVE_VIEW"}
    client.execute(env={**rest, **live, "IPYTHONDIR": str(tmp_path)})
    return notebook.cells[0].outputs, client.pictures


def shows_last_screen(picture):
    """Return whether an output is the screen after 50 steps, enlarged twice, with its size."""
    env = pong.PongEnv(render_mode="rgb_array")
    env.reset()
    for _ in range(50):
        env.step(4)
    shown = PIL.Image.open(io.BytesIO(base64.b64decode(picture["data"]["image/png"])))
    assert picture["metadata"]["image/png"] == {"width": 320, "height": 420}
    return shown.size == (320, 420) and np.array_equal(np.asarray(shown)[::2, ::2], env.render())


@pytest.mark.parametrize("ending", ["", "raise KeyboardInterrupt", "_ = env.reset()"])
def test_unattended_only_the_first_and_the_last_screen_are_drawn(tmp_path, ending):
    """Nobody watches nbconvert: the game is not slowed down, and its last screen is kept."""
    speed = 1e-9  # one step in two years
    outputs, pictures = play_in_jupyter(tmp_path, PLAY.format(speed=speed) + ending)
    assert [output.output_type for output in outputs] == ["display_data"] + ["error"] * (
        "raise" in ending
    )
    assert pictures == 2
    assert shows_last_screen(outputs[0])


@pytest.mark.parametrize("speed", [10, 1e9])
def test_a_live_game_ends_with_its_last_screen(tmp_path, speed):
    """One picture follows the game; at such speeds many screens are left out, but not the last."""
    (picture,), pictures = play_in_jupyter(tmp_path, PLAY.format(speed=speed), live_view="1")
    assert 2 < pictures <= 51
    assert shows_last_screen(picture)


def test_the_live_view_can_be_turned_off(tmp_path):
    """With LIVE_VIEW=0 the same cell shows nothing."""
    source = PLAY.format(speed=1e-9)
    assert play_in_jupyter(tmp_path, source, live_view="0") == ([], 0)


def test_nothing_is_drawn_while_a_submission_is_graded(student):
    """In a grading worker the same lines run, without a picture."""
    student.run_cell("play", PLAY.replace(", speed={speed}", ""))
    student.run_cell("drawn", "def drawn():\n    return frame.handle is not None")
    assert student.drawn() is False
