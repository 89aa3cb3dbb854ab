"""What students find in the release: the original exercise's names and given lines, and its places."""

import re
from pathlib import Path

import nbformat
import pytest

RELEASE = Path(__file__).resolve().parents[2] / "release" / "policy_gradient"

# Every line of a solution cell that is neither comment nor docstring, but for the markers.
SHOWN = {
    "build_model": """
def build_model():
    [observation = ...
    conv1 = ...
    conv2 = ...
    flatten = ...
    dense = ...
    action_probs = ...
    model = ...]
    return model
""",
    "compile_model": """
def compile_model(model, learning_rate):
    [...]
""",
    "select_action": """
def select_action(model, observation):
    [action_probs = ...
    action = ...]
    return action
""",
    "run_episode": """
def run_episode(env, model):
    episode = Episode(2000, (80, 80, 2), (6,))
    [observation, _ = ...
    done = False
    ...:
        action = ...
        next_observation, reward, terminated, truncated, _ = ...
        action = ...
        ...
        done = terminated or truncated
        observation = next_observation]
    return episode
""",
    "discount_rewards": """
def discount_rewards(rewards, gamma):
    returns = np.zeros(len(rewards))
    [current_return = ...]
    for t in reversed(range(len(rewards))):
        [current_return = ...]
        returns[t] = current_return
    return returns
""",
    "train": """
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    [returns = ...]
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    [...]
""",
    "training_loop": """
scores = []
curve = create_curve(nr_episodes)
for episode_number in range(1, nr_episodes + 1):
    start = time.perf_counter()
    [episode = ...
    ...]
    scores.append(episode.score)
    line = (
        f"Episode {episode_number}: {time.perf_counter() - start:.1f} s, "
        f"{episode.length} steps, score {episode.score:.0f}"
    )
    update_curve(curve, scores, line)
model.save("pong.keras")
""",
}


def code_cells():
    """Return the sources of the release's code cells by their grade id, in their order."""
    notebook = nbformat.read(RELEASE / "policy_gradient.ipynb", as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in cells}


def shown(source):
    """Return a cell without docstrings and comments, its regions in brackets."""
    source = re.sub(r'^ *""".*?"""\n', "", source, flags=re.MULTILINE | re.DOTALL)
    source = re.sub(r"### START CODE ###\n(?: *# .*\n)* *", "[", source)
    source = re.sub(r"\n(?: *# .*\n)* *### END CODE ###", "]", source)
    return "\n".join(line for line in source.splitlines() if not line.strip().startswith("#"))


@pytest.mark.parametrize("exercise", SHOWN)
def test_a_scaffold_is_that_of_the_original_exercise(exercise):
    """Line by line: what is `...`, what is given, and what stands between the markers."""
    assert shown(code_cells()[f"{exercise}_solution"]) == SHOWN[exercise].strip("\n")


def test_the_model_that_is_trained_is_given_before_the_loop():
    """In a cell of its own, so that running the loop again goes on with the training."""
    cells = code_cells()
    assert cells["training_model"] == "model = build_model()\ncompile_model(model, learning_rate)"
    ids = list(cells)
    assert ids.index("training_model") + 1 == ids.index("training_loop_solution")


def test_a_comment_says_how_many_lines_are_missing_at_every_placeholder():
    """As many as the solution has there, so that nobody looks for more."""
    for exercise in SHOWN:
        source = code_cells()[f"{exercise}_solution"]
        lines = sum(map(int, re.findall(r"\((\d) lines?\)", source)))
        placeholders = [line for line in source.splitlines() if re.search(r"\.\.\.:?$", line)]
        assert lines == len(placeholders), exercise
