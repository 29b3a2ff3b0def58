"""The class board: what students hand in, what may be seen of it, and where it is kept.

code.py     the code by which a class finds its board, and the teacher's secret
question.py  what is asked: a question with its options, and of a run what it learns
answer.py   what one student hands in, checked: a guess, what came of it, a sentence
tally.py    what may be seen of many answers, from five on
store.py    where boards are kept: the interface
sheet_file.py  the block of a sheet that a machine reads, written and read strictly
memory.py   the store of a single server, in its memory, with its limits
"""

from rnnlab.board.answer import LONGEST_SENTENCE, Answer
from rnnlab.board.code import SIGNS, as_code
from rnnlab.board.memory import MemoryBoards
from rnnlab.board.question import MOST_OPTIONS, LearningTask, Question
from rnnlab.board.store import STAGES, BoardStore, BoardView, Keys, Sentence, Stage
from rnnlab.board.tally import FEWEST, Tally

__all__ = [
    "FEWEST",
    "LONGEST_SENTENCE",
    "MOST_OPTIONS",
    "SIGNS",
    "STAGES",
    "Answer",
    "BoardStore",
    "BoardView",
    "Keys",
    "LearningTask",
    "MemoryBoards",
    "Question",
    "Sentence",
    "Stage",
    "Tally",
    "as_code",
]
