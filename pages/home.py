"""Home: what the lab is, and the questions it answers."""

import streamlit as st

from rnnlab.presets import PRESETS
from rnnlab.ui import frame, links

frame.head(
    "What can a recurrent network learn?",
    "A recurrent network reads one thing after another and keeps a few numbers in mind. Five "
    "tutorials make claims about what it learns. Here you see each claim come true, beside the "
    "best that theory allows, and find out where it breaks.",
)
st.subheader("Before anything is trained")
with st.grid(2, min_column_width=320):
    links.page_card(
        "pages/hand_check.py",
        "What does a recurrent network calculate?",
        "One layer on three steps, every product spelled out, forward and back. Do it by hand, "
        "then hold your numbers against NumPy and Keras.",
        ":material/calculate:",
    )
    links.page_card(
        "pages/data_rules.py",
        "What can be known?",
        "Look at the data, guess the next bit yourself, and find out how well anything could do. "
        "Or make a rule of your own.",
        ":material/casino:",
    )
st.subheader("Questions, in teaching order")
with st.grid(2, min_column_width=320):
    for preset in PRESETS.values():
        links.preset_card(preset)

st.subheader("Which network for what")
with st.grid(2, min_column_width=320):
    links.page_card(
        "pages/kinds.py",
        "How far back can it remember?",
        "Simple, LSTM, GRU, in both directions, deep: what each is good for, sixty networks as one "
        "map, and how much of the gradient is left on the way back.",
        ":material/category:",
    )

st.subheader("Networks that read")
with st.grid(2, min_column_width=320):
    links.page_card(
        "pages/sentiment.py",
        "What does it make of your review?",
        "Type what you thought of a film and watch the verdict move with every word. See which "
        "network forgets how a review began, and train one of your own.",
        ":material/rate_review:",
    )
    links.page_card(
        "pages/next_word.py",
        "What comes next?",
        "Type a few words and see how likely every next one is, beside the truth and beside simple "
        "counting. Look inside one prediction, let it write, and train it on a text of yours.",
        ":material/format_list_numbered:",
    )

st.subheader("How to use it")
st.markdown(
    "1. Open a question. Before you press **Train**, say what you expect.\n"
    "2. Watch the loss fall, and hold it against the dashed lines: nothing can get below "
    "*best possible*.\n"
    "3. Turn one knob and train again. The address in your browser always holds your settings: "
    "send it to a friend, who will get the same curve to the last digit."
)
st.caption(
    "Losses are in nats: the mean of -ln(probability that the network gave to the bit that came). "
    "A fair guess between two bits costs ln 2 = 0.6931. Everything runs on this server; nothing "
    "is sent anywhere else."
)
