"""Home: what the lab is, and the questions it answers."""

import streamlit as st

from rnnlab.articles import ARTICLES
from rnnlab.ui import cover, frame, glossary
from rnnlab.ui.home import path

frame.head(
    "What can a recurrent network learn?",
    "A recurrent network reads one thing after another and keeps a few numbers in mind. Five "
    "tutorials say what it can learn. Here you test each of their claims, see how close it comes "
    "to the best that is possible, and find out when it stops being true.",
)
path.first_path()
path.other_lessons()
frame.cards()
st.header("How to use it")
st.markdown(
    "1. Open a question. Before you press **Train**, guess what will happen.\n"
    "2. Watch the loss fall, and compare it with the dashed lines: nothing can get below "
    "*best possible*.\n"
    "3. Turn one knob and train again. The address in your browser always holds your settings: "
    "send it to a friend, who will get the same curve to the last digit."
)
cover.choose()
glossary.offer("loss", "nat", "knowing nothing", "best possible", "seed")
st.header("The five tutorials")
st.markdown("\n".join(f"{number}. {a.citation}" for number, a in enumerate(ARTICLES.values(), 1)))
st.caption("Everything runs on this server. Nothing is sent anywhere else.")
