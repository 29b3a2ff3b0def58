"""What plain Keras makes of the lab's networks: models and files to take away, and hand checks."""
