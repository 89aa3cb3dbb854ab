"""What all hidden checks of this assignment share with the autograder."""

from typing import Any

from policy_gradient import PongEnv  # type: ignore[import-not-found]

from checks.policy_gradient.environments import HostedEnv

# The emulator is started when this is loaded, before the checker forks: each submission finds it as it was.
GAME = PongEnv()


def pytest_notebook_variables() -> dict[str, Any]:
    """Give the notebook its environment, a real game of Pong: cells that a student adds may play in it."""
    return {"env": HostedEnv(GAME)}
