"""What comes next: texts to learn from, their dictionaries, and models of the next word."""
