"""The sentiment of film reviews: words with their places, ids, and reviews to learn from."""
