"""What the tests of the makers share."""

import pytest


@pytest.fixture
def sklearn() -> None:
    """Skips a test where scikit-learn is not installed: the check installs it, the lab does not."""
    pytest.importorskip("sklearn", reason="pip install -r rnnlab/makers/requirements.txt")
