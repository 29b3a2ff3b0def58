"""A card of the paper shelf: claim and question; folded up, the task, the paper and the lines."""

from __future__ import annotations

import streamlit as st

from rnnlab.bounds import Bounds
from rnnlab.bounds.lines import BEST
from rnnlab.presets.shelf import Card
from rnnlab.rules import SymbolRule
from rnnlab.rules.machine import MachineRule
from rnnlab.ui import cover, links
from rnnlab.ui.data.letters import draw_letters
from rnnlab.ui.data.machine import draw_machine
from rnnlab.ui.data.marked import draw_marked


def draw(card: Card) -> None:
    """The card: who claims what, the link that opens its experiment, and the rest folded up."""
    preset = card.preset
    with st.container(border=True, height="stretch", key=f"card_{preset.name}"):
        st.header(preset.title)
        st.markdown(f"{preset.source}: *{preset.claim}*")
        with links.primary(preset.name):
            links.preset_link(preset, f"**{preset.question}** Guess, and train it")
        with st.expander(f"{preset.title}: task, paper, exact lines", icon=":material/read_more:"):
            _more(card)


def _more(card: Card) -> None:
    """Task and data, what the paper shows, the exact lines, and under a cover the answer."""
    preset = card.preset
    st.markdown(f"**The task.** {preset.setting}")
    st.markdown(f"**The paper** shows: {card.shows}")
    st.caption(card.differs)
    st.markdown(
        "**The lab** calculates exactly, without training (none of these numbers is the paper’s). "
        f"Lower is better:\n\n{_lines(card)}"
    )
    if cover.offer(preset.name, f"Show the answer: {preset.question}"):
        st.markdown(f"Measured here, by training: {preset.reached}. {preset.expect}")
    _data(card)
    st.caption("  \n".join(paper.citation for paper in card.papers))


def _data(card: Card) -> None:
    """What is behind the data: a machine, some letters, or one sequence."""
    settings, key = card.preset.settings, f"shelf_{card.preset.name}"
    if isinstance(settings.data, MachineRule):
        st.markdown("**The machine behind it:**")
        draw_machine(settings, key)
    elif isinstance(settings.data, SymbolRule):
        st.markdown("**Some letters of it:**")
        draw_letters(settings, settings.window - 1, key)
    else:
        st.markdown("**One sequence of it:**")
        draw_marked(settings, 0, key)


def _lines(card: Card) -> str:
    """The lines of the curve, the highest first, and how low a loss of numbers can go."""
    bounds = Bounds.of(card.preset.settings)
    unit = "nats" if bounds.bits else "mean squared error"
    lines = bounds.lines if bounds.bits else (*bounds.lines, (BEST, bounds.best))
    return "\n".join(f"- {label}: **{loss:.4f}** {unit}" for label, loss in lines)
