"""The frame that all pages share: the menu above them, and their head."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnlab.presets import PRESETS, follow_up_of, preset_for
from rnnlab.rules import make_rule
from rnnlab.settings import Settings
from rnnlab.ui import address, lesson_bar, lesson_maker, lessons, links, projector, visit
from rnnlab.ui.departures import note_visit
from rnnlab.ui.live_run.pace import PACE
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.training import kept_runs

STYLE = Path(__file__).with_suffix(".css")


@dataclass(frozen=True)
class Page:
    """A page, in all that is said of it elsewhere: in the menu, and on Home's card of it.

    `file` is its name in `pages/`, `help` what the menu says of it. Home asks its `question` under
    `heading`, with a few `words` on what one does there; the ready experiments stand for a page
    that asks none.
    """

    file: str
    title: str
    icon: str
    help: str
    heading: str = ""
    question: str = ""
    words: str = ""

    @property
    def path(self) -> str:
        """As Streamlit names it."""
        return f"pages/{self.file}.py"

    @property
    def symbol(self) -> str:
        """Its icon as Streamlit writes it."""
        return f":material/{self.icon}:"


TITLE = "title_of_page"
"""Where the session keeps the title of the page that it is on."""

PAGES = (
    Page("home", "Home", "home", "What the lab is, and the questions it answers."),
    Page(
        "hand_check",
        "Hand check",
        "calculate",
        "The whole calculation, step by step, forward and back, with exercises.",
        "Before anything is trained",
        "What does a recurrent network calculate?",
        "One layer on three steps, every product written out, forward and back. Do it by hand, "
        "then compare your numbers with NumPy and Keras.",
    ),
    Page(
        "data_rules",
        "Data rules",
        "casino",
        "See the data of every rule, and what can be known of it.",
        "Before anything is trained",
        "What can be known?",
        "Look at the data, guess the next bit yourself, and find out how good anything could "
        "be. Or make a rule of your own.",
    ),
    Page(
        "training",
        "Training",
        "show_chart",
        "Turn the knobs, press Train, and watch the loss fall to the best possible.",
        "Questions, in teaching order",
    ),
    Page(
        "papers",
        "Papers",
        "menu_book",
        "Famous claims about memory, each beside the exact best loss.",
        "Which network for what",
        "What do the papers claim?",
        "Latching, counting, keeping a state: what famous papers say that networks can and cannot "
        "do, as experiments with exact lines.",
    ),
    Page(
        "kinds",
        "Kinds",
        "category",
        "What each kind of network is good for, and how far back it remembers.",
        "Which network for what",
        "How far back can it remember?",
        "Simple, LSTM, GRU, in both directions, deep: what each is good for, sixty networks on "
        "one map, and how much of the gradient is left on the way back.",
    ),
    Page(
        "sentiment",
        "Sentiment",
        "rate_review",
        "Type a review, and see the network change its mind word by word.",
        "Networks that read",
        "What does it make of your review?",
        "Type what you thought of a film and watch the verdict move with every word. See which "
        "network forgets how a review began, and train one of your own.",
    ),
    Page(
        "padding",
        "Padding",
        "keyboard_tab",
        "What zeros around a text do to a network, and what a mask does about it.",
        "Networks that read",
        "What do the zeros do?",
        "Fill your own words up with zeros, in front or behind, with a mask and without, and see "
        "what is left of the verdict. Then train four networks that differ in nothing else.",
    ),
    Page(
        "next_word",
        "Next word",
        "format_list_numbered",
        "Type words, and see how likely each next one is.",
        "Networks that read",
        "What comes next?",
        "Type a few words and see how likely every next one is, beside the true chances and "
        "beside simple counting. Look inside one prediction, let it write, and train it on a "
        "text of your own.",
    ),
    Page(
        "board",
        "Class board",
        "groups",
        "What a class guessed and what came of it, live and without names.",
    ),
    Page(
        "teachers",
        "For teachers",
        "school",
        "A lesson in its order, what students say, exercises to print, thirty at once.",
    ),
)
"""Every page in the order of the menu. Menu, Home's cards and the tests read this list."""


def show() -> None:
    """Run the page that the visitor is on."""
    with PACE.page():
        _show()


def _show() -> None:
    note_visit()
    kept_runs.of_visitor()  # held from page to page, whoever reloads
    st.set_page_config(page_title="RNN Lab", page_icon="🔁", layout="wide")
    st.html(STYLE)
    pages = [
        st.Page(
            page.path,
            title=page.title,
            icon=page.symbol,
            help=page.help,
            default=page is PAGES[0],
        )
        for page in PAGES
    ]
    page = st.navigation(pages, position="top")
    st.session_state[TITLE] = page.title
    address.arrive(page.url_path or PAGES[0].file)
    visit.link()
    lessons.follow(page.url_path or PAGES[0].file)
    page.run()
    lesson_maker.offer(page.url_path)
    projector.offer_end()
    address.write()


def cards() -> None:
    """Every page by the question that it answers, and the ready experiments, under headings."""
    for heading in dict.fromkeys(page.heading for page in PAGES if page.heading):
        st.header(heading)
        with st.grid(2, min_column_width=320):
            for page in PAGES:
                if page.heading == heading:
                    _card(page)


def _card(page: Page) -> None:
    if not page.question:
        for preset in PRESETS.values():
            links.preset_card(preset)
        return
    with st.container(border=True, height="stretch"):
        st.page_link(page.path, label=f"**{page.question}**", icon=page.symbol)
        st.markdown(page.words)


def head(question: str, sentence: str) -> DeltaGenerator:
    """A page's title, its question, one sentence under it, and what must be said of its address.

    What is drawn in the result stands at the right of the title. A step of a lesson asks a question
    of its own.
    """
    on = lessons.current()
    if on is not None:
        lesson_bar.draw(on)
        question, sentence = on.question, on.task
    st.set_page_config(page_title=f"{question} {st.session_state.get(TITLE, '')} · RNN Lab")
    row = st.container(horizontal=True, vertical_alignment="center")
    row.title(escape_markdown(question), width="stretch")
    st.markdown(sentence)
    if on is not None:
        lesson_bar.ask(on)
    address.place_for_notices()
    return row


def head_of(rule_name: str, settings: Settings | None) -> DeltaGenerator:
    """The head of an experiment: a ready one asks its own question, and so does its next step."""
    rule = make_rule(rule_name)
    preset = preset_for(settings) if settings is not None else None
    if preset is not None:
        return head(preset.question, preset.setting)
    before = follow_up_of(settings) if settings is not None else None
    if before is not None:
        step = before.next_step
        return head(f"{before.title}: {step.title(before.settings)}", step.question)
    return head(f"What can it learn of {rule.title[0].lower()}{rule.title[1:]}?", rule.sentence)
