"""The hand calculation: benches, every step of them forward and back, exercises and marks."""
