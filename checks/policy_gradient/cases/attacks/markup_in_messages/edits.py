"""Raises an exception whose text is a script, a formula and a terminal command, for every reader.

Whatever came from a student is text in every report.
"""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    raise ValueError(
        "<script>alert('score: 100')</script> =HYPERLINK(\"http://example.org\") \x1b]0;owned\x07"
        " ]]> {{ 7 * 7 }} \u202e001 :erocs"
    )
