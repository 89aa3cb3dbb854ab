"""Draw the figures of the notebook: `python tools/figures.py` writes them beside it."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Polygon, Rectangle

ASSIGNMENT = Path(__file__).resolve().parent.parent / "source" / "policy_gradient"
FIGURES = ASSIGNMENT / "figures"
sys.path.insert(0, str(ASSIGNMENT))

from policy_gradient import PongEnv  # noqa: E402

INK = "#333333"
ACTIONS = ("NOOP", "FIRE", "RIGHT", "LEFT", "RIGHTFIRE", "LEFTFIRE")


def main():
    """Write every figure."""
    FIGURES.mkdir(exist_ok=True)
    save(draw_pong(), "pong.png")
    save(draw_network(), "network.png")


def save(figure, name):
    """Write `figure` without a note of the program's version, so that it stays the same."""
    figure.savefig(FIGURES / name, dpi=110, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)


def draw_pong():
    """Return a figure of the emulator's screen beside the two frames of an observation."""
    screen, observation = play_a_little()
    figure, axes = plt.subplots(1, 3, figsize=(10, 4.2), width_ratios=(160 / 210, 1, 1))
    pictures = {
        "the screen, 210 x 160 pixels": screen,
        "channel 0: now, 80 x 80": observation[:, :, 0],
        "channel 1: one step before, 80 x 80": observation[:, :, 1],
    }
    for axis, (title, picture) in zip(axes, pictures.items(), strict=True):
        axis.imshow(picture, cmap="gray")
        axis.set_title(title, fontsize=11, color=INK)
        axis.set_axis_off()
    # Above the upper and below the lower edge of what the observation shows.
    axes[0].add_patch(Rectangle((0, 33.5), 159, 160, fill=False, edgecolor="white", linestyle=":"))
    return figure


def play_a_little():
    """Return (screen, observation) some steps after the first serve."""
    env = PongEnv(render_mode="rgb_array")
    env.reset()
    for action in [0] * 24 + [2] * 4 + [3, 0, 0, 0] * 6:
        observation, *_ = env.step(action)
    return env.render(), observation


def draw_network():
    """Return a figure of the network, from the two frames to the six probabilities."""
    figure, axis = plt.subplots(figsize=(12, 4.8))
    axis.set_aspect("equal")
    axis.set_axis_off()
    draw_block(axis, 0, size=(80, 4), colour="#9ecae1", label="observation\n80 x 80 x 2")
    draw_block(axis, 90, size=(40, 20), colour="#a1d99b", label="19 x 19 x 32")
    draw_block(axis, 172, size=(14, 36), colour="#a1d99b", label="4 x 4 x 64")
    draw_row(axis, 252, height=90, colour="#dadaeb", label="1024")
    draw_row(axis, 302, height=46, colour="#fdd0a2", label="128")
    draw_probabilities(axis, 352)
    draw_operation(axis, (50, 84), "Conv2D\n32 filters, 7 x 7\nstrides 4, ReLU")
    draw_operation(axis, (136, 166), "Conv2D\n64 filters, 7 x 7\nstrides 4, ReLU")
    draw_operation(axis, (222, 246), "Flatten")
    draw_operation(axis, (264, 296), "Dense\nReLU")
    draw_operation(axis, (314, 344), "Dense\nsoftmax")
    axis.set_xlim(-4, 410)
    axis.set_ylim(-100, 62)
    return figure


def draw_block(axis, left, size, colour, label):
    """Draw feature maps as a box; `size` is (height, thickness), and its width the height."""
    height, depth = size
    width, rise = 0.45 * height, 0.25 * height
    low, high = -(height + rise) / 2, (height - rise) / 2
    near = np.array([(0.0, low), (0, high), (width, high + rise), (width, low + rise)])
    near += (left + depth, 0)
    top = [near[1], near[2], near[2] - (depth, 0), near[1] - (depth, 0)]
    side = [near[0], near[1], near[1] - (depth, 0), near[0] - (depth, 0)]
    for corners, shade in ((side, 0.5), (top, 0.7), (near, 1.0)):
        axis.add_patch(Polygon(corners, facecolor=colour, edgecolor=INK, alpha=shade))
    write(axis, left + (width + depth) / 2, label)


def draw_row(axis, left, height, colour, label):
    """Draw a layer whose output is one row of numbers."""
    axis.add_patch(Rectangle((left, -height / 2), 7, height, facecolor=colour, edgecolor=INK))
    write(axis, left + 3.5, label)


def draw_probabilities(axis, left):
    """Draw the six outputs with the names of their actions."""
    for i, action in enumerate(ACTIONS):
        y = 22.5 - 9 * i
        axis.add_patch(Rectangle((left, y - 3.5), 7, 7, facecolor="#fc9272", edgecolor=INK))
        axis.text(left + 11, y, action, va="center", fontsize=9, color=INK)
    write(axis, left + 3.5, "6")


def draw_operation(axis, between, label):
    """Draw an arrow from one layer to the next, and write below what happens there."""
    start, end = between
    arrow = {"arrowstyle": "-|>", "color": INK}
    axis.annotate("", xy=(end, 0), xytext=(start, 0), arrowprops=arrow)
    style = {"ha": "center", "va": "top", "fontsize": 9, "style": "italic", "color": INK}
    axis.text((start + end) / 2, -74, label, **style)


def write(axis, x, label):
    """Write the shape of a layer's output below it."""
    axis.text(x, -56, label, ha="center", va="top", fontsize=10, weight="bold", color=INK)


if __name__ == "__main__":
    main()
