"""The hand check in the browser: a file for each part of the page, and what the parts share."""
