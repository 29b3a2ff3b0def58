"""An error whose module the server must never load, as TensorFlow's errors are."""


class OddError(ValueError):
    """A value that is odd."""
