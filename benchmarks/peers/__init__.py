"""nbgrader and Otter-Grader under attack, in a container of their own."""
