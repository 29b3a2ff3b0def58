"""Words from outside in Markdown: what a page shows of them, the browser tests see."""

from __future__ import annotations

import pytest

from rnnlab.ui.markdown import JOINER, escape_markdown


@pytest.mark.parametrize(
    "sentence",
    [
        "Delay must be between 1 and 20, but it is 99: take fewer.",
        "'broken.csv' has 2 values (at least 30 are needed); see row 3, at 12:30.",
        "The king's 3.5 % – 10 - 4 + 2 = 8, isn't it?",
    ],
)
def test_a_plain_sentence_stays_as_it_is(sentence):
    assert escape_markdown(sentence) == sentence


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a*b_c`d~e$f", r"a\*b\_c\`d\~e\$f"),
        ("[x](y)", r"\[x\](y)"),
        ("![x](//y)", r"!\[x\](//y)"),
        ("<b>|", r"\<b\>\|"),
        ("\\*", r"\\\*"),
        ("# x", r"\# x"),
        ("- x", r"\- x"),
        ("12. x", r"12\. x"),
        ("a\n\n# b\r\n\tc", "a # b c"),
        ("&lt;", r"\&lt;"),
        ("Q & A", "Q & A"),
        (":red[x]", r"\:red\[x\]"),
        (":material/home:", f":{JOINER}material/home:"),
        (":smile:", f":{JOINER}smile:"),
        ("https://a.b", f"https{JOINER}://a.b"),
        ("WWW.a.b", f"WWW{JOINER}.a.b"),
        ("me@a.b", f"me{JOINER}@a.b"),
        ("a -> b", rf"a -{JOINER}\> b"),
        ("a->b", r"a-\>b"),
        ("x >= 2", rf"x \>{JOINER}= 2"),
    ],
)
def test_what_means_something_in_markdown_does_so_no_longer(text, markdown):
    assert escape_markdown(text) == markdown
