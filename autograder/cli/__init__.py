"""The command line: one file per command, which says what happened and computes nothing."""
