"""The comments that mark a solution in a master notebook, and that students find in their release."""

START = "### START CODE ###"
END = "### END CODE ###"
GIVEN = "# given"
