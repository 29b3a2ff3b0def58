"""Who counts? The table of ten seeds each, beside the claim."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.kinds.counting import CLAIMED, COUNTERS, LEARNT, SEEDS, counting_sentence, recorded
from rnnlab.ui import cover, links

QUESTION = "Who counts further than it has learnt?"
COVERED = "who_counts"


def draw() -> None:
    """The table and the sentence under a cover, and what trains each kind again."""
    st.header(QUESTION)
    st.markdown(
        f"Four kinds of network learnt blocks of up to {LEARNT} ones and as many zeros, {SEEDS} "
        "seeds each. Then each read longer blocks: up to which number does it expect a one after "
        "the last zero, and not before?"
    )
    if cover.offer(COVERED, f"Show the answer: {QUESTION}"):
        record = recorded()
        rows = [
            (
                name,
                "yes" if name in CLAIMED else "no",
                f"{run.middle:g}",
                f"{min(run.counts)} to {max(run.counts)}",
                f"{run.beyond} of {SEEDS}",
                f"{min(run.losses):.4f} to {max(run.losses):.4f}",
            )
            for name, run in record.items()
        ]
        columns = [
            "Network",
            "Paper: counts",
            "Here: up to (median)",
            "All ten",
            f"Beyond {LEARNT}",
            "Loss (nats)",
        ]
        st.table(pd.DataFrame(rows, columns=columns).set_index("Network"))
        st.markdown(f"Look at the third column. {counting_sentence(record)}")
        st.caption(
            "8 units, 20 epochs of fresh bits, windows of 40 steps. "
            "`python -m rnnlab.makers counting_record all` measures it anew."
        )
    with st.container(horizontal=True):
        for name, settings in COUNTERS.items():
            links.settings_link(
                links.TRAINING_PAGE, settings, f"Train: {name}", ":material/play_circle:"
            )
