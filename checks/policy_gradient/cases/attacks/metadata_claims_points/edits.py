"""Says in the notebook's metadata that the exercise is worth a thousand points, is graded already, and by whom.

Points, limits and what is graded are the master's. What the metadata claims is not read.
"""

# %% set train_solution
{
    "metadata": {
        "nbgrader": {
            "points": 1000.0,
            "grade": True,
            "locked": True,
            "solution": False,
            "schema_version": 99,
            "checksum": "d41d8cd98f00b204e9800998ecf8427e",
        },
        "autograder": {"run": True, "score": 15, "outcome": "passed"},
    }
}

# %% set train
{
    "metadata": {"nbgrader": {"points": 1e308, "grade": True, "cell_type": "markdown"}},
    "outputs": [{"output_type": "stream", "name": "stdout", "text": ["15.0"]}],
    "execution_count": 1180591620717411303424,
}

# %% set notebook
{
    "metadata": {
        "autograder": {"score": 100, "max_score": 1, "outcome": "graded", "weights": {"train": -1}},
        "nbgrader": {"score": 100, "manual_score": 100, "extra_credit": 100},
        "celltoolbar": "Create Assignment",
    },
    "nbformat_minor": 99,
}


# %% replace train_solution
def train(model, episode, gamma):
    return None
