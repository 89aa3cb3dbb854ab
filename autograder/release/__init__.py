"""From the master notebook to what students receive.

`scaffold` turns solution code into its scaffold and `answers` a sample answer into a placeholder, `leaks`
proves that nothing of them is left and `exercises` that nobody solved one besides. `generate` has nbgrader
do all that as the course's nbgrader_config.py says (by the preprocessors of autograder/nbgrader/), and
packs the zip.
"""
