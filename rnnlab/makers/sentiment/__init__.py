"""How the sentiment models are made, from reviews to weights."""
