"""The training page, part by part."""
