"""Calls the checker back again and again, with a megabyte each time, and never returns.

Every question is answered with a refusal, until the time of the call is over.
"""

# %% replace build_model_solution
import gc


def build_model():
    wire = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Wire")
    ballast = np.zeros(2**20, np.uint8)
    while True:
        try:
            wire.ask("build_model", [ballast], {})
        except RuntimeError:
            continue
