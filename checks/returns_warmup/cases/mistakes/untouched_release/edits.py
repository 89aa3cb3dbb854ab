"""The release, handed in as it is: no points, and kind sentences in place of tracebacks."""
# base: release
