"""What all hidden checks of this assignment share with the autograder."""

from typing import Any

from policy_gradient import PongEnv  # type: ignore[import-not-found]

from checks.policy_gradient.environments import HostedEnv

# The emulator starts here, before the checker forks: each submission finds the game as it is now.
GAME = PongEnv()


def pytest_notebook_variables() -> dict[str, Any]:
    """Give the notebook its environment, a real game: cells of the student's may play in it."""
    return {"env": HostedEnv(GAME)}
