"""Writes of this area: changes heard, re-controls, self-tests, the stop button."""
