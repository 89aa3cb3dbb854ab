"""What all hidden checks of this assignment share with the autograder."""

from typing import Any

from checks.policy_gradient.environments import notebook_environment


def pytest_notebook_variables() -> dict[str, Any]:
    """Give the notebook its environment: cells of the student's may play in it."""
    return {"env": notebook_environment()}
