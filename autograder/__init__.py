"""Releases Jupyter assignments and grades what students make of them, in a container."""
