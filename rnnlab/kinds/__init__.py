"""What each kind of network is for, and what was measured of it.

unrolled.py   a network over time, as a picture: what stands where, and what reaches what
kinds.py      the kinds, with a task where each wins and one where it does not
flows.py      one-to-many, many-to-one, many-to-many
maps.py       many runs as a map: a delay across, kinds of network or windows down
fading.py     the size of the gradient by steps back
measured.py   what was measured, by settings; `rnnlab.makers.kinds_record` measures it again
"""
