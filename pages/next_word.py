"""Next word: type words, see how likely each next one is, and train what says so."""

from rnnlab.ui import frame
from rnnlab.ui.choices import choose_part
from rnnlab.ui.next_word import (
    controls,
    inside,
    run,
    suggest,
    training,
    word_map,
    writing,
)

frame.head(
    "What comes next?",
    "Type the beginning of a sentence. A network says how likely every next word is: compare it "
    "with the true chances.",
)
corpus = controls.choose_corpus()
settings = controls.chosen(corpus)
if settings is not None:
    run.follow(settings)
    view = run.view_of(settings)
    run.keep_going(view)
    choose_part([suggest, inside, word_map, writing, training], "next").draw(view)
