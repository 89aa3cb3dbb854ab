"""Stops the build of the image unless Pong is there, is the Pong we know, and plays.

The ROM comes with ale-py's wheel. Its digest is pinned here, and its MD5 must be the one that ale-py
lists for it (`ale_py/roms/md5.json`).
"""

import hashlib
import json
import sys
from pathlib import Path

import ale_py
import gymnasium
import numpy as np

PONG_SHA256 = "41623e3c26148f96cbe77d56512845d224a63c8fe5bf90e38527155e39ec96d3"
SCREEN = (210, 160, 3)
ACTIONS = 6
FRAMES = 120  # two seconds: the ball is in play after one


def main() -> int:
    """Print one line and return 0, or print what is wrong and return 1."""
    problems = file_problems(Path(ale_py.__file__).parent / "roms") or game_problems()
    print("\n".join(problems) or f"Pong verified: {PONG_SHA256}, {FRAMES} frames played")
    return 1 if problems else 0


def file_problems(roms: Path) -> list[str]:
    """Compare the ROM in the folder `roms` with our digest and with ale-py's own list."""
    content = (roms / "pong.bin").read_bytes()
    problems = []
    if (digest := hashlib.sha256(content).hexdigest()) != PONG_SHA256:
        problems.append(f"pong.bin has SHA-256 {digest}, not {PONG_SHA256}")
    listed = json.loads((roms / "md5.json").read_text())["pong.bin"]
    if hashlib.md5(content).hexdigest() != listed:
        problems.append(f"pong.bin does not have the MD5 that ale-py lists: {listed}")
    return problems


def game_problems() -> list[str]:
    """Play a few frames: the screen has its size, six actions exist, and something moves."""
    gymnasium.register_envs(ale_py)
    env = gymnasium.make("PongNoFrameskip-v4")
    screens = [env.reset(seed=0)[0]]
    screens += [env.step(frame % ACTIONS)[0] for frame in range(FRAMES)]
    found = (screens[-1].shape, int(env.action_space.n))
    problems = []
    if found != (SCREEN, ACTIONS):
        problems.append(f"Pong has screen and actions {found}, not {(SCREEN, ACTIONS)}")
    if len(np.unique(screens[-1].reshape(-1, 3), axis=0)) < 3 or (screens[0] == screens[-1]).all():
        problems.append("Pong's screen shows no game")
    return problems


if __name__ == "__main__":
    sys.exit(main())
