"""The parts of the page about padding and masks: a file for each."""
