"""All that plugs into nbgrader: how it makes a release, and how it shows what students wrote."""
