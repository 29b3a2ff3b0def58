"""The parts of the teachers' page."""
