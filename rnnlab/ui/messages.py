"""What a visitor should know about the run on show: trouble, and knobs that were turned since."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rnnlab.settings import Settings
from rnnlab.ui import runs
from rnnlab.ui.runs import Look, Run


def show(run: Run | None, look: Look, settings: Settings | None) -> None:
    """Trouble of the run, then what the knobs (`settings`) say that the run does not do."""
    if look.view.message:
        tell = st.error if look.view.state == "failed" else st.info
        tell(look.view.message, icon=":material/info:")
    if run is None or settings is None or runs.same_run(run, settings):
        return
    rate = settings.learning_rate
    now = replace(run.settings, learning_rate=run.plan.rate(run.settings.updates))
    turned = _turned(now, settings)
    only_rate = replace(now, learning_rate=rate) == settings
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/tune: Turned since this run: {turned}. Press Train to see it.")
        if only_rate and not look.complete and look.progress:
            st.button(
                f"Use {rate:g} from here on",
                icon=":material/alt_route:",
                on_click=runs.turn_rate,
                args=(rate,),
            )


def _turned(before: Settings, now: Settings) -> str:
    knobs, old = now.open_knobs, before.values
    turned = [
        f"{knobs[name].label} {old.get(name, 'not used')} → {value}"
        for name, value in now.values.items()
        if old.get(name) != value
    ]
    return ", ".join(turned) or "your series"
