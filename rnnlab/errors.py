"""What can go wrong in the lab, in sentences for the person at the keyboard.

    LabError
        FileError       a file from outside cannot be read, or holds what the lab cannot use
        SettingError    a knob or a link asks for something the lab does not have
        TrainingError   a run had to end: its loss is no longer a number
        ComputeError    the place where heavy work runs does not answer, or died
        BoardError      a class board is not there, or does not take what it is given

Each message is one sentence that names the thing, the limit and the value. Whoever raises writes
it; pages only show it.
"""


class LabError(Exception):
    """Something that a person using the lab can understand and mend."""


class FileError(LabError):
    """A file from outside cannot be read, or holds what the lab cannot use."""


class SettingError(LabError):
    """A setting lies outside what the lab offers."""


class TrainingError(LabError):
    """A training run cannot go on."""


class ComputeError(LabError):
    """The compute side cannot be reached, or gave up on a job."""


class BoardError(LabError):
    """A class board is not there, or does not take what it is given."""
