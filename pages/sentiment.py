"""Sentiment: type a review, and see the network change its mind."""

from rnnlab.ui import frame
from rnnlab.ui.choices import choose_part
from rnnlab.ui.sentiment import compare, many, review_run, text_box, train_it, your_review

text_box.follow()
frame.head(
    "What does it make of your review?",
    "Type what you thought of a film. A recurrent network reads it word by word: watch its verdict "
    "move with every word.",
)
review_run.follow()
choose_part([your_review, compare, train_it, many], "sentiment").draw()
