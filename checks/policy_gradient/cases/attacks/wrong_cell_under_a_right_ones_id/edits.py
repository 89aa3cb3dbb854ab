"""Swaps the grade ids of a right and a wrong exercise, and their cells' ids, and lends a third one's to a plot.

An exercise is the function of its name, whatever its cell is called: the wrong one is lost, the right one is not.
"""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    return np.full(len(rewards), 1.0)


# %% set compile_model_solution
{"id": "swapped-1", "metadata": {"nbgrader": {"grade_id": "swapped", "points": 15}}}

# %% set discount_rewards_solution
{"id": "compile-model-solution", "metadata": {"nbgrader": {"grade_id": "compile_model_solution"}}}

# %% set swapped
{
    "id": "discount-rewards-solution",
    "metadata": {"nbgrader": {"grade_id": "discount_rewards_solution"}},
}

# %% set plot_returns
{"metadata": {"nbgrader": {"grade_id": "discount_rewards", "grade": True, "points": 15}}}
