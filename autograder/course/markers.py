"""What marks a solution in a master notebook; students find all but GIVEN in their release."""

START = "### START CODE ###"
END = "### END CODE ###"
GIVEN = "# given"
# HTML comments: nobody sees them where the markdown of an answer is shown as a page.
ANSWER_START = "<!-- START ANSWER -->"
ANSWER_END = "<!-- END ANSWER -->"

SOLUTION_SUFFIX = "_solution"
"""A solution's cell has the grade id of its check cell and this."""
