"""What `PongEnv` shows, held to its definition: paddles and ball, half the resolution, no background."""

import itertools

import ale_py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from tests.helpers.pong import (
    BALL,
    FIELD,
    LEFT_PADDLE,
    RIGHT_PADDLE,
    UNKNOWN,
    Follower,
    PongEnv,
    halved,
    module,
    play,
    random_actions,
    things,
)

BACKGROUNDS = {"colours": module.BACKGROUND_COLOURS, "greys": module.BACKGROUND_GREYS}
RANDOM_ACTIONS = random_actions(2000, seed=3)
PLAYERS = {
    "random": lambda _, step: RANDOM_ACTIONS[step],
    "goes up": lambda _, step: 2,
    "follows the ball": Follower(),
}


@pytest.fixture(scope="module", params=PLAYERS.values(), ids=PLAYERS)
def game(request):
    """Return (observation as booleans, things on the screen) of each moment of a game."""
    env = PongEnv(render_mode="rgb_array")
    observation, _ = env.reset()
    moments = [(observation.astype(bool), things(env.render()))]
    over = False
    while not over:
        action = request.param(observation, len(moments) - 1)
        observation, _, terminated, truncated, _ = env.step(action)
        moments.append((observation.astype(bool), things(env.render())))
        over = terminated or truncated
    return moments


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


def test_a_frame_shows_what_is_not_background(game):
    """A pixel is 1 just where one of its four pixels on the screen is not background."""
    for observation, screen in game:
        assert np.array_equal(observation[:, :, 0], halved(screen != FIELD))


def test_nothing_but_paddles_and_ball_is_on_the_field(game):
    """There is nothing else that would have to be erased: scores and walls lie above and below."""
    assert all((screen != UNKNOWN).all() for _, screen in game)


@pytest.mark.parametrize(
    "thing", [BALL, LEFT_PADDLE, RIGHT_PADDLE], ids=["ball", "left paddle", "right paddle"]
)
def test_what_the_game_shows_is_never_missing(game, thing):
    """Wherever the screen shows a part of the ball or of a paddle, the frame shows it."""
    shown = [(frame, screen == thing) for frame, screen in game if (screen == thing).any()]
    assert len(shown) > len(game) / 4
    assert all(frame[halved(pixels), 0].all() for frame, pixels in shown)


def test_ball_is_visible_in_every_single_frame_of_the_emulator(screens):
    """Even where only one row of it is left, between two steps as well."""
    rows_of_the_ball = set()
    for grey, colour in screens:
        ball = things(colour) == BALL
        assert module.shrink(grey)[halved(ball)].all()
        rows_of_the_ball.add(int(ball.any(axis=1).sum()))
    assert {0, 1, 4} <= rows_of_the_ball, "The game shows no ball, one at a wall, a whole one."


def test_every_second_pixel_alone_would_lose_the_ball(screens):
    """The frames are not shrunk in a simpler way, because the ball would vanish at the walls."""
    balls = [things(colour) == BALL for _, colour in screens]
    assert any(ball.any() and not ball[::2, ::2].any() for ball in balls)


def test_second_channel_is_the_frame_of_the_step_before(game):
    """Channel 1 repeats channel 0 of the observation before; after reset both are the same."""
    first, _ = game[0]
    assert np.array_equal(first[:, :, 1], first[:, :, 0])
    for (before, _), (after, _) in itertools.pairwise(game):
        assert np.array_equal(after[:, :, 1], before[:, :, 0])


def test_observations_are_binary_float32():
    """An observation holds zeros and ones, both of them, as float32."""
    for observation, *_ in play(PongEnv(), random_actions(200)):
        assert observation.dtype == np.float32
        assert observation.shape == (80, 80, 2)
        assert set(np.unique(observation)) == {0.0, 1.0}


@st.composite
def drawn_screens(draw, backgrounds):
    """Draw (a screen of the emulator, where something is drawn on it), one background all over it."""
    background = draw(st.sampled_from(backgrounds))
    values = st.integers(0, 255).filter(lambda value: value not in backgrounds)
    pixels = st.dictionaries(
        st.tuples(st.integers(0, 209), st.integers(0, 159)), values, max_size=30
    )
    screen = np.full((210, 160), background, np.uint8)
    for place, value in draw(pixels).items():
        screen[place] = value
    return screen, screen != background


@pytest.mark.parametrize("backgrounds", BACKGROUNDS.values(), ids=BACKGROUNDS)
@given(data=st.data())
def test_any_picture_on_any_background_is_halved(backgrounds, data):
    """Whatever is drawn on the field, a pixel is True just where one of its four is drawn."""
    screen, drawn = data.draw(drawn_screens(backgrounds))
    assert np.array_equal(module.shrink(screen, backgrounds), halved(drawn[34:194]))


@given(
    frame=npst.arrays(np.uint8, (210, 1), elements=st.integers(0, 255), fill=st.nothing()),
    field=st.sampled_from(module.BACKGROUND_GREYS),
)
def test_scores_and_walls_are_erased(frame, field):
    """What stands above and below the field makes no difference."""
    screen = np.broadcast_to(frame, (210, 160)).copy()
    screen[34:194] = field
    assert not module.shrink(screen).any()


@settings(max_examples=20)
@given(data=st.data())
def test_a_batch_of_screens_is_shrunk_one_by_one(data):
    """Screens with further axes in front give the frames that each gives alone."""
    screens = [data.draw(drawn_screens(module.BACKGROUND_GREYS))[0] for _ in range(4)]
    frames = module.shrink(np.reshape(screens, (2, 2, 210, 160)))
    assert frames.dtype == bool
    assert frames.shape == (2, 2, 80, 80)
    for screen, frame in zip(screens, frames.reshape(4, 80, 80), strict=True):
        assert np.array_equal(frame, module.shrink(screen))
