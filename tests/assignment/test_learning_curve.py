"""What moves under a cell beside the game: the learning curve, bars of the policy, and a game kept as GIF."""

import re

import numpy as np
import PIL.Image
import pytest

from tests.assignment.test_live_view import play_in_jupyter
from tests.helpers.assignment import load_assignment_module

pytestmark = pytest.mark.slow

pong = load_assignment_module("policy_gradient")
utils = load_assignment_module("utils")
live = load_assignment_module("live")

LEARN = """
from utils import create_curve, update_curve
scores = []
curve = create_curve(4)
for score in (-3, 2, 1):
    scores.append(score)
    update_curve(curve, scores, f"a line for {score}")
"""


def test_where_nobody_watches_each_episode_is_a_line(tmp_path):
    """As in nbconvert, whose output is read later."""
    (output,), drawn = play_in_jupyter(tmp_path, LEARN)
    assert output["text"] == "a line for -3\na line for 2\na line for 1\n"
    assert drawn == 0


def test_outside_jupyter_each_episode_is_a_line(capsys):
    """A program, or the grading worker."""
    utils.update_curve(utils.create_curve(2), [1.0], "a line")
    assert capsys.readouterr().out == "a line\n"


def test_who_watches_sees_one_curve_and_the_last_line(tmp_path):
    """It is drawn anew for each episode, and says how long the rest will take."""
    (output,), drawn = play_in_jupyter(tmp_path, LEARN, live_view="1")
    assert drawn == 4
    assert re.fullmatch(r"a line for 1, about \d+ s left", output["data"]["text/plain"])
    svg = output["data"]["text/html"]
    assert svg.count("<circle") == 3
    assert len(re.search('points="([^"]+)"', svg)[1].split()) == 3
    assert "episode 4" in svg


def test_after_the_last_episode_no_time_is_left(tmp_path):
    """Then the line is all that is said."""
    (output,), _ = play_in_jupyter(tmp_path, LEARN.replace("curve(4)", "curve(3)"), live_view="1")
    assert output["data"]["text/plain"] == "a line for 1"


def test_the_moving_average_is_that_of_the_last_25():
    """Drawn between the lowest and the highest score of all."""
    scores = [0.0] * 30 + [10.0] * 25
    svg = live._curve(scores, 55)
    heights = [float(p.split(",")[1]) for p in re.search('points="([^"]+)"', svg)[1].split()]
    assert heights[29] == 190.0  # all of the last 25 are the lowest
    assert heights[54] == 20.0  # all are the highest
    assert heights[29 + 5] == pytest.approx(190 - 170 * 5 / 25)


@pytest.mark.parametrize("scores", [[3.0], [-21.0, -21.0]])
def test_equal_scores_have_a_curve_too(scores):
    """Nothing is divided by their span of 0."""
    assert "nan" not in live._curve(scores, 1)


def test_bars_beside_the_game_show_the_policy():
    """One for each action, as long as its probability."""
    drawn = live._drawing(np.zeros((210, 160, 3), np.uint8), [0.5, 0.25, 0.25, 0, 0, 0]).data
    assert re.findall(r">(\w+) (0\.\d\d)</div>", drawn) == [
        ("NOOP", "0.50"), ("FIRE", "0.25"), ("RIGHT", "0.25"),
        ("LEFT", "0.00"), ("RIGHTFIRE", "0.00"), ("LEFTFIRE", "0.00"),
    ]  # fmt: skip
    widths = re.findall("width: ([0-9.]+)%", drawn)
    assert widths == ["50.0", "25.0", "25.0", "0.0", "0.0", "0.0"]


def test_a_game_is_kept_as_a_moving_picture(tmp_path):
    """Every step of it, twice as large as on the console, at the console's speed, over and over."""
    env = pong.PongEnv(render_mode="rgb_array")
    env.reset()
    frame = utils.create_frame(env, keep=True)
    for action in [2, 3] * 5:
        env.step(action)
        utils.update_frame(frame)
    utils.save_gif(frame, tmp_path / "game.gif")
    with PIL.Image.open(tmp_path / "game.gif") as picture:
        assert picture.info["loop"] == 0
        shown = []
        for number in range(picture.n_frames):  # equal screens are one that is shown for longer
            picture.seek(number)
            shown.append(picture.info["duration"])
        last = np.asarray(picture.convert("RGB"))
    assert sum(shown) == pytest.approx(
        10 * 1000 / 15, rel=0.1
    )  # a GIF knows hundredths of a second
    np.testing.assert_array_equal(last[::2, ::2], env.render())


def test_a_frame_that_keeps_nothing_has_nothing_to_save(tmp_path):
    """The sentence says how to keep it."""
    env = pong.PongEnv(render_mode="rgb_array")
    env.reset()
    with pytest.raises(ValueError, match="keep=True"):
        utils.save_gif(utils.create_frame(env), tmp_path / "game.gif")
