"""What can be wrong with a data folder, and be mended by a person."""


class DataError(Exception):
    """A data file is missing, damaged or cannot be had; the message is one line that says more."""
