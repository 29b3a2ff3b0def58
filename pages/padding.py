"""Padding: what zeros around a text do to a recurrent network, and what a mask does about it."""

from rnnlab.ui import frame
from rnnlab.ui.choices import choose_part
from rnnlab.ui.padding import articles_network, four_ways, in_keras, more_shapes, own_review

frame.head(
    "What do the zeros do?",
    "Short texts are filled up with zeros until all have one length: that is padding. A mask says "
    "which steps are no words. See what a network does with both.",
)
choose_part([own_review, four_ways, articles_network, in_keras, more_shapes], "padding").draw()
