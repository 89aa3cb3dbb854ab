"""From the master notebook to what students receive.

`scaffold` turns solution code into its scaffold, `leaks` proves that no solution is left,
`preprocessor` is the hook by which nbgrader calls both, `generate` runs nbgrader and packs the zip.
"""
