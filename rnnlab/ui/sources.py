"""Where a rule comes from: the papers that ask networks for it, or the article that has it."""

from __future__ import annotations

import streamlit as st

from rnnlab.articles import ARTICLES
from rnnlab.presets.shelf import papers_of
from rnnlab.rules.base import Rule
from rnnlab.rules.machine import MachineRule


def show(rule: Rule) -> None:
    """One line; nothing under a machine that nobody but the visitor has thought of."""
    papers = papers_of(rule.name)
    if papers:
        behind = "The paper behind it" if len(papers) == 1 else "The papers behind it"
        st.caption(f"{behind}: {' '.join(paper.citation for paper in papers)}")
    elif not isinstance(rule, MachineRule):
        st.caption(f"The article behind it: {ARTICLES[rule.article].citation}")
