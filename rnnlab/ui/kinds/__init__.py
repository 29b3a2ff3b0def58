"""The parts of the page about kinds of network: a file for each."""
