"""A place in the lab that a teacher is sent to: a page, and what it shall show."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from rnnlab.presets import PRESETS
from rnnlab.ui import visit


@dataclass(frozen=True)
class PageLink:
    """A page of the lab with its parameters, and what the link to it says."""

    label: str
    page: str
    query: dict[str, str] = field(default_factory=dict)

    def link(self) -> None:
        """The link, which keeps what every link of the lab keeps."""
        st.page_link(
            f"pages/{self.page}.py",
            label=self.label,
            icon=":material/arrow_forward:",
            query_params=self.query | visit.carried(),
        )


def question(name: str) -> PageLink:
    """The training page with a question of the lab."""
    return PageLink(PRESETS[name].question, "training", {"preset": name})
