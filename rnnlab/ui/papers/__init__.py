"""The parts of the page of papers."""
