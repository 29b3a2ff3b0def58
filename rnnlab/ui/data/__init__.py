"""The data rules in the browser: a file for each part of the page."""
