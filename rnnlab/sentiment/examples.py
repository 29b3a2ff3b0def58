"""Texts to try: for the box, with labels as a table, and one sentence in a long text."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from rnnlab.sentiment.vocabulary import words

DECIDING = {
    "loved": "It is a wonderful film, clever and moving, and I loved every minute of it.",
    "hated": "It is a terrible film, stupid and boring, and I hated every minute of it.",
}
"""The one sentence that says what its writer thinks, of a film that was loved, or hated."""

PLOT = (
    "A man drives through the night to the village where he was born.",
    "His sister lives there in the house of their parents, beside the river.",
    "She has written him a letter, and he reads it again at a petrol station.",
    "In the morning they walk to the market and talk about the boat of their father.",
    "A boy from the neighbourhood carries their bags and asks where the road leads to.",
    "In the afternoon the brother repairs the roof while the sister paints the door.",
    "We see the kitchen, the stairs, the window, and then the river from above.",
    "A teacher comes by and tells them that the school will move to another town.",
    "They take the bus there on the next day and sit beside a woman with a suitcase.",
    "The woman asks for the time, and the brother gives her his watch to look at.",
    "In the town they meet a lawyer who keeps the papers of the house in a drawer.",
    "He puts on his glasses, turns the pages and shows them where they are to sign.",
    "The sister takes the pen, and the brother looks at a map on the wall.",
    "On the way back it rains, and the driver stops the bus in front of a bridge.",
    "Everyone gets out, and two men go down to the water with a lamp.",
    "After an hour the bus drives on, and the boy waits for them at the last stop.",
)
"""What happens in a film, and not a word of praise or blame: about 240 words."""


class Example(NamedTuple):
    """A text to try, and what it is called."""

    name: str
    text: str


def with_plot(opinion: str, *, at_the_end: bool, n_words: int = 240) -> str:
    """The deciding sentence before or after so many words of plot, whole sentences of them."""
    plot: list[str] = []
    while sum(len(words(sentence)) for sentence in plot) < n_words:
        plot.append(PLOT[len(plot) % len(PLOT)])
    return " ".join([*plot, DECIDING[opinion]] if at_the_end else [DECIDING[opinion], *plot])


POSITIVE, NEITHER, NEGATIVE = "positive", "neither", "negative"

TWELVE = (
    ("good", POSITIVE),
    ("not good", NEGATIVE),
    ("a film that is not, as people say, good", NEGATIVE),
    ("bad", NEGATIVE),
    ("not bad at all", POSITIVE),
    ("anything but boring", POSITIVE),
    ("not only funny but wise", POSITIVE),
    ("good at first, terrible in the end", NEGATIVE),
    ("terrible at first, good in the end", POSITIVE),
    ("a film without a single good idea", NEGATIVE),
    ("ok", NEITHER),
    ("the end", NEITHER),
)
"""Short texts with what a person reads in them: "not" and "but", near and far, and nothing said."""

EXAMPLES = (
    Example("Three words", "I loved it"),
    Example(
        "It turns around",
        "The beginning is slow and a little boring. But then it becomes a wonderful film, and I "
        "loved every minute of the end.",
    ),
    Example("Verdict at the end", with_plot("hated", at_the_end=True)),
    Example("Verdict at the start", with_plot("hated", at_the_end=False)),
)

LABELLED_EXAMPLES = (
    ("I loved every minute of it.", "positive"),
    ("A dull story, badly acted, and far too long.", "negative"),
    ("Not bad at all.", "positive"),
    ("The first half is dull, but the end is wonderful.", "positive"),
    ("I wanted to like this film. I did not.", "negative"),
    ("The best thing about it was the popcorn.", "negative"),
    ("It could hardly be better: clever, funny and sad.", "positive"),
    ("What a waste of a great cast.", "negative"),
    ("Two hours that felt like twenty minutes.", "positive"),
    ("My children fell asleep, and so did I.", "negative"),
)
"""Texts with what they say of the film, to be judged at once; some are easy, some are not."""


def example_table() -> str:
    """The labelled examples as a CSV table, to see what one looks like."""
    file = io.StringIO(newline="")
    rows = [("text", "label"), *LABELLED_EXAMPLES]
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()
