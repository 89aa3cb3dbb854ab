"""Platforms that start the grader themselves: what is packaged for each, and what runs there."""
