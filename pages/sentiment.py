"""Sentiment: type a review, and see the network change its mind."""

from rnnlab.ui import frame
from rnnlab.ui.choices import choose_part
from rnnlab.ui.sentiment import compare, many, review_run, text_box, train_it, your_review

text_box.follow()
frame.head(
    "What does it make of your review?",
    "A recurrent network reads a text word by word and keeps a few numbers in mind. Type what "
    "you thought of a film, and watch its verdict move with every word. *The article:* a "
    "SimpleRNN judges about 85% of the reviews correctly, but cannot remember long texts.",
)
review_run.follow()
choose_part([your_review, compare, train_it, many], "sentiment").draw()
