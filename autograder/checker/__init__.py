"""The trusted side: hidden checks, the `student` they talk to, and the report."""
