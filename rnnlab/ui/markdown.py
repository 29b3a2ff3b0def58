"""The one way by which words from outside enter Markdown: names, cells, typed text, errors.

Streamlit reads Markdown in sentences, in labels of widgets and in what help says, and in some of it
turns addresses into links, names between colons into icons and arrows into signs.
"""

from __future__ import annotations

import re

JOINER = "\u2060"
"""The word joiner, which nobody sees. What Streamlit looks for in text that was already read, a
backslash cannot hide; there this stands between the first sign and the rest.
"""

MOST_SHOWN = 10_000
"""Characters."""

_SPACES = re.compile(r"[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")

_READ_LATER = re.compile(
    r"""
    https? (?= ://)                                   # addresses of pages
    | www (?= \.)
    | (?<= [-.\w+]) (?= @)                            # and of people
    | : (?= material/ | [-\w+]+: )                    # icons and emoji
    | (?<! \S) [-<>~] (?= (?: -> | [-=>] ) (?! \S) )  # arrows, dashes, comparisons
    """,
    re.VERBOSE | re.IGNORECASE,
)

_SIGNS = re.compile(r"[\\`*_$~\[\]<>|]|:(?=[^\W\d_])|&(?=[#\w]+;)")

_BEGINNING = re.compile(r"^( ?\d*)([#+=.)-])")


def escape_markdown(text: str) -> str:
    """The text as Markdown that shows its very characters, in a sentence, a label or help.

    Line breaks become spaces: it cannot leave the paragraph in which it stands. Spaces in a row
    count as one, as in any paragraph of a page. Of what fills pages the beginning is shown.
    """
    if len(text) > MOST_SHOWN:
        text = f"{text[:MOST_SHOWN]}…"
    text = _READ_LATER.sub(lambda match: match[0] + JOINER, _SPACES.sub(" ", text))
    text = _SIGNS.sub(r"\\\g<0>", text)
    return _BEGINNING.sub(r"\1\\\2", text)
