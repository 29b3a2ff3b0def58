"""What is read: one of the lab's grammars or a visitor's own text; and the knobs of a run on it."""

from __future__ import annotations

from rnnlab.knobs import Knob
from rnnlab.language.settings import CORPORA, OWN, LanguageSettings
from rnnlab.ui.knobs import Fold, Panel, widget
from rnnlab.ui.next_word import own_text

CORPUS = "word_text"
PREFIX = {True: "text_", False: "word_"}
"""Before the name of a knob in the address, by whether the text is one's own: other pages have
knobs that are called so too, and a text wants other defaults than a grammar.
"""

MAIN_KNOBS = {True: ("epochs", "replaced"), False: ("sentences", "epochs")}
"""The knobs that stand open, by whether the text is one's own."""


TITLE = Knob(
    CORPORA[str(LanguageSettings.all_knobs()["corpus"].default)],
    "Text",
    "The grammars were made for this lab, so the true chance of every next word is known.",
    "data",
    choices=tuple(CORPORA.values()),
)


def choose_corpus() -> str:
    """What there is to read."""
    names = {title: name for name, title in CORPORA.items()}
    corpus = names[str(widget(CORPUS, TITLE))]
    if corpus == OWN:
        own_text.ask()
    return corpus


def chosen(corpus: str) -> LanguageSettings | None:
    """The settings that the knobs make, or None: there is no text yet, or they make none.

    The knobs count on every part of the page, though only one part draws them.
    """
    panel = _panel(corpus)
    values = panel.standing()
    text = own_text.current() if corpus == OWN else None
    if corpus == OWN and text is None:
        return None
    return panel.make(values, text=text)


def knobs(settings: LanguageSettings) -> LanguageSettings | None:
    """Draw the knobs of training, the main ones open; what they make, or a sentence."""
    panel = _panel(settings.corpus)
    main = ("cell", *MAIN_KNOBS[settings.corpus == OWN])
    return panel.make(panel.draw(main, Fold("More knobs", ":material/tune:")), text=settings.text)


def _panel(corpus: str) -> Panel[LanguageSettings]:
    return Panel(LanguageSettings, PREFIX[corpus == OWN], {"corpus": corpus})
