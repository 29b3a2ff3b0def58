"""What each kind of network is for, and what was measured of it.

unrolled.py   a network over time, as a picture: what stands where, and what reaches what
kinds.py      the kinds, with a task where each wins and one where it does not
maps.py       many runs as a map: a delay across, kinds of network or windows down
measured.py   what was measured, by settings: losses, and gradients by steps back
"""
