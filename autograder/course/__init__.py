"""The course folder: where an assignment lies, what its assignment.toml says, and its secret key."""
