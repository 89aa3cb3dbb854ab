"""The second function was never touched: one kind sentence, and the first keeps its points."""

# %% reset returns_minus_baseline_solution
