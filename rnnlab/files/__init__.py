"""Files, texts and tables from outside: read right, or refused with the way out.

decoding.py      bytes to text: which encoding, told, and which others it may be
plausibility.py  how surprising a text would be in each language
alphabets.py     the letters and signs of languages, the frequent ones first
unpacking.py     gzip, with a limit
table.py         text to rows of cells: what separates and quotes them
"""
