"""The untrusted side: runs a notebook's cells and answers requests about what they defined.

An attacker owns this process, so nothing here protects anything; it only has to be right for the honest.
The trusted reference is the same program with the master's cells in it.
"""
