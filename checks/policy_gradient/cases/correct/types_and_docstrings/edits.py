"""Annotated signatures, long docstrings, decorators and a default value."""

# %% before select_action_solution
import functools
from collections.abc import Sequence


def counted(function):
    """Count the calls of a function."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


# %% replace select_action_solution
@counted
def select_action(model: "keras.Model", observation: np.ndarray) -> int:
    """Sample an action.

    Args:
        model: the policy.
        observation: two frames.

    Returns:
        A number from 0 to 5.
    """
    probabilities: np.ndarray = model.predict(observation[np.newaxis, ...], verbose=0)[0]
    action: int = int(np.random.choice(6, p=probabilities))
    return action


# %% replace discount_rewards_solution
def discount_rewards(rewards: Sequence[float], gamma: float = 0.99) -> np.ndarray:
    """Discount rewards (see Sutton and Barto)."""
    returns: np.ndarray = np.zeros(len(rewards), dtype=float)
    following: float = 0.0
    for step in range(len(rewards))[::-1]:
        returns[step] = following = rewards[step] + gamma * following
    return returns
