"""Files, texts and tables from outside: read right, or refused with the way out.

decoding.py      bytes to text: which encoding, told, and which others it may be
plausibility.py  how surprising a text would be in each language
alphabets.py     the letters and signs of languages, the frequent ones first
unpacking.py     gzip, with a limit
pieces.py        long texts in pieces, so that others get their turn
table.py         text to rows of cells: what separates and quotes them
rows.py          the rows of a table of numbers, whatever separates their cells
wide.py          tables whose values stand side by side
cells.py         what a cell holds: a number, a date, another text, nothing
written.py       a cell as a number
numbers.py       a column of cells to numbers: decimal marks, thousands, units
stamps.py        a cell as a date or time
months.py        names of months
dates.py         a column of cells to dates
commas.py        numbers that were cut at their own commas
layout.py        names of columns, rows with values, and what stands around them
time_columns.py  which columns say when the rows are
timeline.py      in which order the rows are, which dates are missing or come twice
missing.py       rows without a value: left out, and what is said of them
values.py        the values of one column, what is told of them, what must be asked
formulas.py      what a spreadsheet would calculate, made harmless
series.py        a visitor's own series
"""
