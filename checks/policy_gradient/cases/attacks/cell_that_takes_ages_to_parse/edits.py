"""Adds cells that are hard to read rather than to run: deep, wide, and full of what has to be folded.

Whoever has to read them does so once and gives up in time. They cost nothing but themselves.
"""

# %% after imports
PARENTHESES = "(" * 90
CHAINS = "x" + ".x" * 30_000
COMPARISONS = "1" + "<1" * 30_000
LITERALS = "[" + "[]," * 30_000 + "]"
for source in (PARENTHESES, "-" * 30_000 + "1", CHAINS, COMPARISONS, LITERALS, "f'{" * 150):
    try:
        compile(source, "ages", "eval")
    except (SyntaxError, RecursionError, MemoryError):
        continue

# %% after imports
nested = lambda a: (
    lambda b: lambda c: lambda d: lambda e: lambda f: lambda g: lambda h: [[a, b], [c, d]]
)
nested = {1: {2: {3: {4: {5: {6: {7: {8: {9: {1: {2: {3: {4: {5: {6: {7: {8: {}}}}}}}}}}}}}}}}}}

# %% after imports
folded = ((((10**4000) ** 2) ** 2) ** 2) % 7, "a" * 4096 * 4096, (0,) * 4096 * 256


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    return [0.0 for reward in rewards]
