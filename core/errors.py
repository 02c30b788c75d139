"""Every error whose text is written for the person at the screen.

    ShiftError                 the root; catch this to show a sentence
    ├── BadInput               a file or value that the user can mend (exit status 2)
    │   ├── BadVideo           a recording that cannot be read
    │   ├── BadModel           a model or checkpoint that cannot be used
    │   └── BadStudy           a study file that is broken, newer, locked or missing
    │       └── StudyInUse     a study that another window has open
    ├── NoSpace                a write that failed: full disk, read-only folder (exit status 2)
    ├── Stopped                the user asked to stop (exit status 3)
    └── JobFailed              a background job that ended without a result

A message names the file, says what is wrong and what to do, on one line, without a traceback.
Anything that is not a ShiftError is a fault of ours (exit status 1, with a log).
"""


class ShiftError(Exception):
    """Root of the errors whose text is for users."""


class BadInput(ShiftError):
    """A file or value that the user can mend."""


class BadVideo(BadInput):
    """A recording that cannot be read."""


class BadModel(BadInput):
    """A model or checkpoint that cannot be used."""


class BadStudy(BadInput):
    """A study file that is broken, newer than this program, locked or missing."""


class StudyInUse(BadStudy):
    """A study that another window has open, or seems to have; it can be taken over."""


class NoSpace(ShiftError):
    """A write that the disk or its permissions refused."""


class Stopped(ShiftError):
    """The user asked to stop."""


class JobFailed(ShiftError):
    """A background job that ended without a result."""
