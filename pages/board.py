"""Class board: what a class guessed and what came of it, live and without names."""

from rnnlab.ui import frame
from rnnlab.ui.class_board import joined, opening, picture, sheets, teacher

teacher.link()
frame.head(
    "What does the class think?",
    "Everybody guesses, trains, and hands in guess and result with one click and without a name. "
    "Type your teacher's code to see what the class guessed, and then what came of it.",
)
if joined.code() and not teacher.secret():
    picture.show()
else:
    if teacher.secret():
        teacher.show()
    else:
        opening.offer()
    sheets.show()
