"""Why some mistakes pass their visible checks: said once for each kind, with the names of the cases."""

REASONS: dict[str, tuple[str, ...]] = {}
