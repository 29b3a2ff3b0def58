"""How to run the lab for thirty, with the internet and without it, and on the projector."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.ui import projector
from rnnlab.ui.links import page_address

TITLE = "Thirty at once"
ICON = ":material/lan:"
WORDS: tuple[str, ...] = ()

STUDENTS = ("1", "12", "30", "100")
MEASURED = {
    "first page": ("0.05", "0.06 / 0.38 / 0.47", "0.05 / 0.12 / 0.14", "0.05 / 0.07 / 0.10"),
    "a knob's answer while all train": (
        "0.02", "0.09 / 0.18 / 0.19", "0.17 / 0.43 / 0.47", "2.31 / 2.65 / 2.78"
    ),
    "click to first point": (
        "0.08", "0.10 / 0.20 / 0.21", "0.11 / 0.19 / 0.23", "0.13 / 0.29 / 2.87"
    ),
    "first click to last Done": ("0.5", "6.8", "19.4", "53.3"),
}  # fmt: skip
"""Rows of the README's table of a class, by the number of students, in seconds."""


def draw() -> None:
    """One computer serves the class: how, how fast, and what to do without a network."""
    _projector()
    st.header("One computer serves all")
    st.markdown(
        "1. Install the lab on one computer, once, as its README says.\n"
        "2. Find the address of that computer in your network: `hostname -I` says it on Linux, "
        "the network settings on other systems.\n"
        "3. Start it with that address, here 192.168.1.20: `streamlit run app.py "
        "--server.headless true --browser.serverAddress 192.168.1.20`\n"
        "4. Students type `http://192.168.1.20:8501`, or take the QR code of a class board. They "
        "need a browser, nothing else."
    )
    st.markdown("**How long thirty wait.** All press Train within five seconds, on two cores:")
    st.dataframe(
        pd.DataFrame(MEASURED, index=[f"students: {n}" for n in STUDENTS]).T,
        alt="Seconds that students wait, by what they do and how many they are.",
    )
    st.caption(
        "Seconds: median / 95 % wait no longer / the longest. Look at the column of thirty: "
        "everybody sees a first point at once, and the last run ends within half a minute. A "
        "second class on the same day waits less, since what was compiled stays."
    )
    st.header("Without the internet")
    st.markdown(
        "- Once installed the lab asks nothing of the internet: pages, fonts, models and film "
        "reviews to try are on the computer that serves them.\n"
        "- It needs a network between the laptops, not the internet: a cheap router without a line "
        "will do.\n"
        "- Only “Train it yourself” on the sentiment page wants Keras' film reviews once: open it "
        "before the lesson, or name a folder of your own in `RNNLAB_REVIEWS`.\n"
        "- No network at all? Show it on the projector, and print the exercises.\n"
        "- Boards, runs and what was typed live in the memory of the server. Do not restart it "
        "during the lesson."
    )


def _projector() -> None:
    st.header("On the projector")
    projector.choose()
    st.markdown("Large type and no knobs, on every page. This link opens the lab like that:")
    st.code(page_address(projector.ON, "training"), language=None, wrap_lines=True)
