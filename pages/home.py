"""Home: what the lab is, and the questions it answers."""

import streamlit as st

from rnnlab.ui import frame

frame.head(
    "What can a recurrent network learn?",
    "A recurrent network reads one thing after another and keeps a few numbers in mind. Five "
    "tutorials make claims about what it learns. Here you see each claim come true, beside the "
    "best that theory allows, and find out where it breaks.",
)
frame.cards()
st.header("How to use it")
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
