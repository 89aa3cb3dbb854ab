"""Takes the solution out of the instructor's notebook, which lies in the same course."""

# %% replace discount_rewards_solution
import json

with open("../../../source/policy_gradient/policy_gradient.ipynb") as file:
    for cell in json.load(file)["cells"]:
        source = "".join(cell["source"])
        if source.startswith("def discount_rewards"):
            exec(source)
