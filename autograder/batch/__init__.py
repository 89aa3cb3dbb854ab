"""A class of submissions: finding them, grading them side by side, going on after an interruption."""
