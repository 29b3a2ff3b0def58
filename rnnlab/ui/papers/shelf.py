"""A card of the paper shelf: question, claim, what the paper shows, and what comes of it here."""

from __future__ import annotations

import streamlit as st

from rnnlab.bounds import Bounds
from rnnlab.bounds.lines import BEST
from rnnlab.presets.shelf import Card
from rnnlab.rules.machine import MachineRule
from rnnlab.ui import cover, links
from rnnlab.ui.data.machine import draw_machine
from rnnlab.ui.data.marked import draw_marked


def draw(card: Card) -> None:
    """The card; its question is the link that opens its experiment."""
    preset = card.preset
    with st.container(border=True):
        st.header(preset.title)
        st.markdown(preset.setting)
        with links.primary(preset.name):
            links.preset_link(preset, f"**{preset.question}** Guess, and train it")
        paper, exact = st.columns(2, gap="large")
        with paper:
            st.markdown("**The paper**")
            st.markdown(f"It says: {preset.claim}")
            st.markdown(f"It shows: {card.shows}")
            st.caption(card.differs)
        with exact:
            st.markdown("**The lab** (none of these numbers is the paper’s)")
            st.markdown(f"Calculated exactly, without training. Lower is better:\n\n{_lines(card)}")
            if cover.offer(preset.name, f"Show the answer: {preset.question}"):
                st.markdown(f"Measured here, by training: {preset.reached}. {preset.expect}")
        _data(card)
        st.caption("  \n".join(paper.citation for paper in card.papers))


def _data(card: Card) -> None:
    """What is behind the data, folded up: a machine, or one sequence."""
    settings, key = card.preset.settings, f"shelf_{card.preset.name}"
    if isinstance(settings.data, MachineRule):
        with st.expander("The machine behind it", icon=":material/hub:"):
            draw_machine(settings, key)
    else:
        with st.expander("One sequence of it", icon=":material/bar_chart:"):
            draw_marked(settings, 0, key)


def _lines(card: Card) -> str:
    """The lines of the curve, the highest first, and how low a loss of numbers can go."""
    bounds = Bounds.of(card.preset.settings)
    unit = "nats" if bounds.bits else "mean squared error"
    lines = bounds.lines if bounds.bits else (*bounds.lines, (BEST, bounds.best))
    return "\n".join(f"- {label}: **{loss:.4f}** {unit}" for label, loss in lines)
