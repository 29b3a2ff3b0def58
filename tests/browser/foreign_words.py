"""A page of words from outside, in every place where the lab's pages have some."""

from __future__ import annotations

import random

import streamlit as st

from rnnlab.ui.markdown import escape_markdown

WORDS = (
    "*a* **b** _c_ __d__ ~e~ ~~f~~ `g` ``h``",
    "cost in $ and again in $, $$x^2$$, \\(y\\), \\frac{1}{2}",
    "[name](https://elsewhere.example/) [name] [name]: x [^1] [[x]]",
    "![picture](https://elsewhere.example/a.png)",
    "![picture](//elsewhere.example/a.png)",
    "<https://elsewhere.example> <b>bold</b> <img src=//elsewhere.example/b.png> <!-- gone -->",
    "https://elsewhere.example/ http://elsewhere.example HTTPS://ELSEWHERE.EXAMPLE",
    "www.elsewhere.example and (www.elsewhere.example) and me@elsewhere.example.org",
    ":red[red] :blue-background[b] :small[s] :red-badge[r] :shimmer[x] :help[x]{a=b} :red :small",
    ":color[x]{foreground=red} ::leaf[x] :::box",
    ":material/home: :material/home :material_home: :streamlit: :smile: :+1: :-1: :100:",
    "a -> b <- c <-> d -- e >= f <= g ~= h --- i",
    "->",
    "--",
    "# heading",
    "#hash",
    "- item",
    "+ item",
    "1. first",
    "1) first",
    "> quote",
    "| a | b | --- | --- |",
    "---",
    "===",
    "***",
    "~~~ python",
    "``` python",
    "&lt;b&gt; &amp; &#42; &nbsp; & Q&A",
    "\\ \\* \\\\ ending in \\",
    "- [ ] task - [x] done",
    "line\n\n# heading\n- item\n    code\n\ttab",
    "    code",
    "12:30:45 10:5 a:b 2.5 -3 +4 .5 =1 (x) {y} ^z",
    "日本語：テスト（＊） 价格 $5",
)
"""Everything that Markdown, as Streamlit reads it, gives a meaning."""

PLACES = ("markdown", "bold", "caption", "warning", "button", "toggle", "metric", "option", "help")


PIECES = (
    *"*_~`$[]()!<>:/\\#-+|&;@.={}a  \n",
    *("1.", "red", "http", "www", "material", "lt"),
)

RANDOM_WORDS = tuple(
    "".join(generator.choices(PIECES, k=20)) for generator in map(random.Random, range(400))
)


def key_of(place: str, number: int) -> str:
    """The key of the container that holds one of the words in one place."""
    return f"{place}_{number}"


def show(words: str, place: str, key: str) -> None:
    """Draw the words in such a place, between the lab's own."""
    text = escape_markdown(words)
    with st.container(key=key):
        match place:
            case "markdown":
                st.markdown(text)
            case "bold":
                st.markdown(f"So “**{text}**” it is.")
            case "caption":
                st.caption(f"“{text}” has 3 columns.")
            case "warning":
                st.warning(text, icon=":material/edit:")
            case "button":
                st.button(text, key=f"{key}_button")
            case "toggle":
                st.toggle(text, key=f"{key}_toggle")
            case "metric":
                st.metric(text, "1")
            case "option":
                st.segmented_control("One", [text], default=text, key=f"{key}_option")
            case "help":
                st.toggle("Other", help=text, key=f"{key}_help")


if __name__ == "__main__":
    st.title("Foreign words")
    for place in PLACES:
        for number, words in enumerate(WORDS):
            show(words, place, key_of(place, number))
    for number, words in enumerate(RANDOM_WORDS):
        show(words, "markdown", key_of("random", number))
