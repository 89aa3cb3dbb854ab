"""What students get beside the notebook, for tests."""

import importlib.util
import sys
from pathlib import Path

ASSIGNMENT = Path(__file__).resolve().parents[2] / "source" / "policy_gradient"


def load_assignment_module(name):
    """Import a module that students get, without making its folder importable for others."""
    if name == "utils":  # what it is made of
        sys.modules["live"] = load_assignment_module("live")
    (path,) = [*ASSIGNMENT.glob(f"{name}.py"), *ASSIGNMENT.glob(f"ppo/{name}.py")]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
