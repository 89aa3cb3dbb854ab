"""Submissions made from the master, and what must come of them: right ones, mistakes, attacks."""
