"""Tries the checks that students run themselves with all notebooks that the hidden checks are tried with."""
