"""Where student code runs: the warm parent, its forks, and their confinement, one file per mechanism."""
