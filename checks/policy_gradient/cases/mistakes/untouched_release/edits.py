"""The release, handed in as it is: no points, and seven kind sentences in place of tracebacks."""
# base: release
