"""Asks with a keyword named self."""

# %% replace run_episode_solution
import gc


def run_episode(env, model):
    wire = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Wire")
    return wire.ask("select_action", [], {"self": 1})
