"""What can go wrong, as one tree.

    AutograderError      one clear sentence for the person at the keyboard
    ├── UsageError       the command was called wrongly; exit status 2
    │   ├── NotTaken       an archive or folder cannot be collected as a whole (collect/tree.py)
    │   ├── NoSubmission   nothing to grade lies where it was looked for (batch/discover.py)
    │   └── BadTable       a roster, decisions.csv or the like says what has no meaning (grades/tables.py)
    ├── SettingsError    an assignment.toml says something that has no meaning; exit status 1
    ├── NoKey            an assignment has no secret key (course/seeds.py); exit status 1
    ├── ReleaseError     the master notebook cannot be released as it stands; exit status 1
    ├── EngineError      no grading session can be had, or one broke; exit status 1
    │   └── NoAnswer         a worker of a cluster sent what is no answer (remote/answer.py)
    ├── SameFault        a fault of ours met one submission after the other (batch/faults.py); exit status 1
    ├── CaseError        a case that tries the checks is malformed (cases/loading.py); exit status 1
    ├── CertificateError an assignment's checks cannot be certified (certificate/); exit status 1
    ├── GradebookError   nbgrader's gradebook cannot be used (nbgrader/trouble.py); exit status 1
    │   └── NotTaken       it does not take what is entered of one student
    ├── OtherJudge       a worker of a cluster has other checks (remote/cluster.py); exit status 1
    ├── NotGraded        nbgrader wants a score that there is not (nbgrader/notebooks.py); exit status 1
    ├── NotAReport       a file is no report of this version (report.py); exit status 1
    └── NotWritten       a file could not be written, the disk is full say; exit status 1

Whoever catches `AutograderError` may print `str(error)` as it is.
"""


class AutograderError(Exception):
    """Something that the instructor can act on; its text is one clear sentence."""


class UsageError(AutograderError):
    """The command was called wrongly: exit status 2."""


class SettingsError(AutograderError):
    """An assignment.toml says something that has no meaning: the text names key and remedy."""


class ReleaseError(AutograderError):
    """The master notebook cannot be released as it stands."""


class EngineError(AutograderError):
    """No grading session can be had, or one broke."""


class NotWritten(AutograderError):
    """A file could not be written; the old one, if there is one, is as it was."""
