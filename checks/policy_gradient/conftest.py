"""What all hidden checks of this assignment share with the autograder."""

from typing import Any

from checks.policy_gradient.environments import idle_environment


def pytest_notebook_variables() -> dict[str, Any]:
    """Give the notebook an environment: cells that a student adds may play in it."""
    return {"env": idle_environment()}
