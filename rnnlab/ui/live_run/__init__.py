"""A computation that a visitor watches: written once for trainings, reviews, languages and maps.

run.py       what was asked for, its jobs, and how far they are
watching.py  the picture that is drawn anew while it goes on: bar, status, trouble, Stop
"""
