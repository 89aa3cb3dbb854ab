"""`PongEnv`: Gymnasium's interface, the emulator's game, and frames that show what is in it."""

import importlib.util
import itertools
import subprocess
import sys
import warnings
from pathlib import Path

import ale_py
import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

ASSIGNMENT = Path(__file__).resolve().parent.parent / "source" / "policy_gradient"
FIELD_COLOURS = [(144, 72, 17), (109, 118, 43)]  # during the game, and in its first two frames
BALL_COLOUR = (236, 236, 236)


def load_assignment_module(name):
    """Import a module that students get, without making its folder importable for others."""
    spec = importlib.util.spec_from_file_location(name, ASSIGNMENT / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


pong = load_assignment_module("policy_gradient")
PongEnv = pong.PongEnv


def random_actions(count, seed=0):
    """Return actions that are the same on every run."""
    return np.random.default_rng(seed).integers(6, size=count)


def play(env, actions):
    """Reset `env` and return what each step gave, up to the end of the episode."""
    first, _ = env.reset(seed=1)
    steps = [(first, 0.0, False, False)]
    for action in actions:
        steps.append(env.step(action)[:4])
        if steps[-1][2] or steps[-1][3]:
            break
    return steps


def follow_the_ball(observation, memory):
    """Return an action that keeps the paddle at the height of the ball: it rarely loses."""
    frame = observation[:, :, 0]
    paddle = np.flatnonzero(frame[:, 68:].any(axis=1))
    ball = np.flatnonzero(frame[:, 12:68].any(axis=1))
    memory["ball"] = ball.mean() if ball.size else memory.get("ball", 40.0)
    distance = memory["ball"] - (paddle.mean() if paddle.size else 40.0)
    return 0 if abs(distance) < 3 else 3 if distance > 0 else 2


def play_well(env):
    """Return (steps, terminated, truncated) of an episode, stopped after 2100 steps."""
    observation, _ = env.reset()
    memory = {}
    steps, terminated, truncated = 0, False, False
    while not (terminated or truncated or steps == 2100):
        observation, _, terminated, truncated, _ = env.step(follow_the_ball(observation, memory))
        steps += 1
    return steps, terminated, truncated


@pytest.fixture(scope="module")
def screens():
    """Return the (grey, colour) screens of a whole game, every single emulator frame of it."""
    emulator = ale_py.ALEInterface()
    emulator.setFloat("repeat_action_probability", 0.0)
    emulator.loadROM(ale_py.roms.get_rom_path("pong"))
    actions = emulator.getMinimalActionSet()
    frames = []
    for action in random_actions(2000, seed=3):
        for _ in range(4):
            frames.append((emulator.getScreenGrayscale(), emulator.getScreenRGB()))
            emulator.act(actions[action])
        if emulator.game_over():
            return frames
    raise AssertionError("The game was not over after 2000 steps.")


def field_is(colour, screen):
    """Return where the playing field of a colour screen has this colour, (160, 160) booleans."""
    red, green, blue = colour
    field = screen[34:194]
    return (field[..., 0] == red) & (field[..., 1] == green) & (field[..., 2] == blue)


def test_gymnasium_accepts_the_environment():
    """Gymnasium's own checker finds no error and nothing to warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message=".*alternative render modes.*")
        check_env(PongEnv(render_mode="rgb_array"))


def test_spaces_are_those_of_the_assignment():
    """Observations are 80 x 80 x 2 numbers from 0 to 1, actions the numbers 0 to 5."""
    env = PongEnv()
    assert env.observation_space == gymnasium.spaces.Box(0, 1, (80, 80, 2), np.float32)
    assert env.action_space == gymnasium.spaces.Discrete(6)


def test_a_step_is_four_frames_of_the_original_game():
    """Rewards, frames and the end are those of PongNoFrameskip-v4, four frames at a time."""
    original = gymnasium.make("PongNoFrameskip-v4", obs_type="grayscale")
    screen, _ = original.reset(seed=1)
    actions = random_actions(2000)
    steps = play(PongEnv(), actions)
    assert np.array_equal(steps[0][0][:, :, 0], pong.shrink(screen))
    for action, (observation, reward, terminated, _) in zip(actions, steps[1:], strict=False):
        frames = [original.step(action) for _ in range(4)]
        assert reward == sum(frame[1] for frame in frames)
        assert terminated == frames[-1][2]
        assert np.array_equal(observation[:, :, 0], pong.shrink(frames[-1][0]))
    assert terminated
    assert {step[1] for step in steps} == {-1.0, 0.0, 1.0}


def test_observations_are_binary_float32():
    """An observation holds zeros and ones, both of them, as float32."""
    for observation, *_ in play(PongEnv(), random_actions(200)):
        assert observation.dtype == np.float32
        assert observation.shape == (80, 80, 2)
        assert set(np.unique(observation)) == {0.0, 1.0}


def test_second_channel_is_the_frame_of_the_step_before():
    """Channel 1 repeats channel 0 of the observation before; after reset both are the same."""
    steps = play(PongEnv(), random_actions(200))
    assert np.array_equal(steps[0][0][:, :, 1], steps[0][0][:, :, 0])
    for before, after in itertools.pairwise(steps):
        assert np.array_equal(after[0][:, :, 1], before[0][:, :, 0])


def test_earlier_observations_are_not_overwritten():
    """An observation that a student keeps stays what it was while the game goes on."""
    env = PongEnv()
    observation, _ = env.reset()
    kept = observation.copy()
    for _ in range(40):
        env.step(2)
    assert np.array_equal(observation, kept)


def test_ball_is_visible_in_every_frame_in_which_the_game_shows_it(screens):
    """Wherever the screen shows a part of the ball, the frame shows it, even one row of it."""
    rows_of_the_ball = set()
    for grey, colour in screens:
        rows, columns = np.nonzero(field_is(BALL_COLOUR, colour))
        assert pong.shrink(grey)[rows // 2, columns // 2].all()
        rows_of_the_ball.add(len(set(rows)))
    assert {0, 1, 4} <= rows_of_the_ball, "The game shows no ball, one at a wall, a whole one."


def test_every_second_pixel_alone_would_lose_the_ball(screens):
    """The frames are not shrunk in a simpler way, because the ball would vanish at the walls."""
    balls = [field_is(BALL_COLOUR, colour) for _, colour in screens]
    assert any(ball.any() and not ball[::2, ::2].any() for ball in balls)


def test_nothing_but_paddles_and_ball_is_left(screens):
    """A pixel is 1 just where one of its four pixels on the screen is not background."""
    for grey, colour in screens:
        background = np.logical_or(*[field_is(field, colour) for field in FIELD_COLOURS])
        blocks = ~background.reshape(80, 2, 80, 2)
        assert np.array_equal(pong.shrink(grey), blocks.any(axis=(1, 3)))


def test_same_seed_and_actions_give_the_same_game():
    """Two environments play the same game, and so does one after a reset."""
    env = PongEnv()
    first = play(env, random_actions(300))
    for again in (play(env, random_actions(300)), play(PongEnv(), random_actions(300))):
        assert all(
            np.array_equal(a[0], b[0]) and a[1:] == b[1:] for a, b in zip(first, again, strict=True)
        )


def test_environments_do_not_disturb_each_other():
    """A game is the same while another one is played in between."""
    alone = play(PongEnv(), random_actions(100))
    env, other = PongEnv(), PongEnv(render_mode="rgb_array")
    env.reset()
    other.reset()
    for action, (expected, *_) in zip(random_actions(100), alone[1:], strict=True):
        other.step(5 - action)
        other.render()
        assert np.array_equal(env.step(action)[0], expected)


def test_an_episode_is_truncated_after_2000_steps():
    """A game that takes longer than 2000 steps is cut off there."""
    assert play_well(PongEnv()) == (2000, False, True)


def test_without_a_limit_a_game_goes_on():
    """With max_steps=None the same game is still running after 2100 steps."""
    assert play_well(PongEnv(max_steps=None)) == (2100, False, False)


def test_a_game_that_ends_with_the_limit_is_terminated_not_truncated():
    """Where the last point falls in the last step allowed, the game is over by its own rules."""
    length = len(play(PongEnv(), [2] * 2000)) - 1
    last = play(PongEnv(max_steps=length), [2] * 2000)[-1]
    assert last[2:] == (True, False)


def test_a_limit_one_step_shorter_truncates():
    """One step less, and the same game is truncated."""
    length = len(play(PongEnv(), [2] * 2000)) - 1
    last = play(PongEnv(max_steps=length - 1), [2] * 2000)[-1]
    assert last[2:] == (False, True)


def test_a_step_needs_a_running_episode():
    """Before the first reset and after the end, step asks for reset."""
    env = PongEnv(max_steps=1)
    with pytest.raises(gymnasium.error.ResetNeeded, match="reset"):
        env.step(0)
    env.reset()
    env.step(0)
    with pytest.raises(gymnasium.error.ResetNeeded, match="reset"):
        env.step(0)


@pytest.mark.parametrize("action", [6, -1, 1.0, [0, 0, 1, 0, 0, 0], np.eye(6)[2], None])
def test_a_step_refuses_what_is_no_action(action):
    """A one-hot vector or a number outside 0 to 5 is refused with a sentence."""
    env = PongEnv()
    env.reset()
    with pytest.raises(gymnasium.error.InvalidAction, match="from 0 to 5"):
        env.step(action)


@pytest.mark.parametrize("arguments", [{"max_steps": 0}, {"render_mode": "human"}])
def test_impossible_settings_are_refused(arguments):
    """An episode without a step and a window that does not exist cannot be asked for."""
    with pytest.raises(ValueError, match=next(iter(arguments))):
        PongEnv(**arguments)


def test_render_gives_the_screen_in_colour():
    """The picture for watching is the emulator's screen, and nothing without a render mode."""
    env = PongEnv(render_mode="rgb_array")
    env.reset()
    env.step(0)
    assert env.render().shape == (210, 160, 3)
    assert env.render().dtype == np.uint8
    assert field_is(FIELD_COLOURS[0], env.render()).mean() > 0.9
    silent = PongEnv()
    silent.reset()
    assert silent.render() is None


def test_nothing_is_written_to_the_terminal_and_no_tensorflow_imported():
    """The emulator's banner would cost points in a notebook, and TensorFlow seconds."""
    program = (
        "import sys, policy_gradient, utils; policy_gradient.PongEnv().reset();"
        "sys.exit('tensorflow' in sys.modules or 'keras' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ASSIGNMENT, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
