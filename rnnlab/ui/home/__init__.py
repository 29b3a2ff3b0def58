"""Home in the browser: the first path, the lessons, and a network that plays."""
