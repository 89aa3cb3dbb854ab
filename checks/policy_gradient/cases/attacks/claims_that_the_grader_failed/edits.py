"""Answers with exceptions that are named as the grader's own, skipped tests and faults of pytest.

A fault of the grader's costs no student a point; so it must not be the student who says that there was one.
"""

# %% replace discount_rewards_solution
import gc
import os

CLAIMS = (
    ("GraderFault", "the check broke", "", 0),
    ("BrokenReference", "the reference does not answer", "checker/student.py", -1),
    ("Skipped", "passed", "discount_rewards", 2**62),
    ("KeyboardInterrupt", "", "", 0),
    ("AssertionError", "all 8 checks passed", "values_by_hand", 1),
)


def discount_rewards(rewards, gamma):
    from autograder.protocol import codec, messages

    wire = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Wire")
    claim = messages.Raised(*CLAIMS[len(rewards) % len(CLAIMS)])
    wire._end.sendall(codec.encode(messages.to_plain(claim)))
    os._exit(0)
