"""A notebook as it was released before the present one, and what right solutions in it look like."""

import json
from typing import Any

from autograder.course.folder import Course
from tests.helpers.grading import ASSIGNMENT, ROOT

PATH, *_ = Course(ROOT, ASSIGNMENT).earlier
Notebook = dict[str, Any]

# What takes the place of each `...`, in their order.
SOLUTIONS = {
    "build_model": [
        "observation = Input((80, 80, 2))",
        'conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)',
        'conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)',
        "features = Flatten()(conv2)",
        'hidden = Dense(128, activation="relu")(features)',
        'probabilities = Dense(6, activation="softmax")(hidden)',
        'model = Model(observation, probabilities, name="pong")',
    ],
    "compile_model": [
        'model.compile(loss="categorical_crossentropy", optimizer=Adam(learning_rate))'
    ],
    "select_action": [
        "batch = np.expand_dims(observation, axis=0)",
        "probabilities = model.predict_on_batch(batch)[0]",
        "action = np.random.choice(6, p=probabilities)",
    ],
    "run_episode": [
        "observation, _ = env.reset()",
        "done = False",
        "while not done:",
        "action = select_action(model, observation)",
        "next_observation, reward, terminated, truncated, _ = env.step(action)",
        "action = to_categorical(action, 6)",
        "episode.append(observation, action, reward)",
        "observation = next_observation",
        "done = terminated or truncated",
    ],
    "discount_rewards": [
        "returns = np.zeros(len(rewards))",
        "following_return = 0.0",
        "for t in reversed(range(len(rewards))):",
        "returns[t] = rewards[t] + gamma * following_return",
        "following_return = returns[t]",
    ],
    "train": [
        "returns = discount_rewards(rewards, gamma)",
        "weights = np.zeros(len(returns))",
        "if np.ptp(returns) > 0:",
        "weights = (returns - np.mean(returns)) / np.std(returns)",
        "model.fit(observations, actions, sample_weight=weights, epochs=1, verbose=0)",
    ],
    "training_loop": ["episode = run_episode(env, model)", "train(model, episode, gamma)"],
}


def notebook(*solved: str) -> Notebook:
    """Return the earlier release with the solutions of these exercises in its scaffolds."""
    result: Notebook = json.loads(PATH.read_bytes())
    for cell in result["cells"]:
        exercise = cell["metadata"]["nbgrader"]["grade_id"].removesuffix("_solution")
        if exercise in solved and cell["metadata"]["nbgrader"]["solution"]:
            cell["source"] = _filled("".join(cell["source"]), SOLUTIONS[exercise])
    return result


def _filled(scaffold: str, solution: list[str]) -> str:
    lines, missing = [], list(solution)
    for line in scaffold.split("\n"):
        if line.endswith(("...", "...:")):
            line = line[: len(line) - len(line.lstrip())] + missing.pop(0)  # noqa: PLW2901
        lines.append(line)
    assert not missing
    return "\n".join(lines)
