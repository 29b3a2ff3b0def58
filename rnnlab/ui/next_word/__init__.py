"""The parts of the page on the next word."""
