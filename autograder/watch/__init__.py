"""Grading on submit: finds what arrives in a folder, grades it at once, and answers each exactly once."""
