"""The sentiment of reviews in the browser: a file for each part of the page."""
