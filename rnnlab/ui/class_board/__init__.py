"""The class board: what of it stands on the lab's pages.

joined.py      the code in the address, by which a student belongs to a board from page to page,
               and what the board says to what they hand in
hand_in.py     guess and result, handed in by one click where a run has ended
step_guess.py  the guess that a step of a lesson asks for, handed in by one click
opening.py     a teacher opens a board, or somebody types a code
invitation.py  the links and the QR code by which a class comes to it
teacher.py     what only the teacher can: say what the class sees, nod, close
sheet_offer.py a sheet of a run, to print or to hand in as a file
sheets.py      the table of sheets that a teacher has collected
picture.py     what everybody sees of a board, live
watching.py    a board as its live picture follows it
"""
