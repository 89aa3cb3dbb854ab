"""Why some mistakes pass their visible checks: said once for each kind, with the names of the cases."""

REASONS: dict[str, tuple[str, ...]] = {
    "A later cell breaks what was right when its check ran; the last cell, which runs all checks once more, "
    "comes after it.": ("keras_train_step_patched",),
    "Two exercises have to be looked at together; the check of each looks at it alone.": (
        "replays_the_last_games",
    ),
    "It shows only in far more draws than fit into a second, or for a few calls in a row.": (
        "rounds_the_probabilities",
        "sel_stale_model",
    ),
    "It is a small part of one long episode, and what is around it is right.": (
        "returns_end_with_the_batch",
    ),
    "It shows only near the end of a game of 2000 steps, which the check cuts short on a slow machine or "
    "a busy one, as that was on which this page was made.": (
        "stops_after_1500_steps",
        "stops_after_1800_steps",
        "run_capacity_1999",
    ),
    "It adds so little to the loss that the steps of one short lesson do not tell it from the loss that is "
    "asked for.": ("entropy_bonus_of_ppo",),
}
