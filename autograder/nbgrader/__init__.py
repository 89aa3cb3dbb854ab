"""All that plugs into nbgrader: its releases, its autograding, its gradebook, and what it shows."""
