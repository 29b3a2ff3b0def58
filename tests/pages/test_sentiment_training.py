"""“Train it yourself” without a browser: the article's figure, knobs, links, own files."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.sentiment.review_training import ARTICLE, ReviewTraining
from rnnlab.ui.sentiment import own_reviews, train_it
from rnnlab.ui.sentiment.review_run import PANEL
from tests.pages.opened import opened, press

PAGE = "pages/sentiment.py"


def part(**query: str) -> AppTest:
    asked = {PANEL.prefix + name: value for name, value in query.items()}
    return opened(PAGE, sentiment=train_it.TITLE, **asked)


def settings_of(app: AppTest) -> ReviewTraining:
    return ReviewTraining.of(
        {name: app.session_state[PANEL.prefix + name] for name in ReviewTraining.all_knobs()}
    )


def test_it_opens_with_the_articles_settings_and_its_recorded_figure():
    app = part()
    assert settings_of(app) == ARTICLE
    figure = next(one.value for one in app.markdown if "The article's figure" in one.value)
    assert "86.9% of the held-out reviews" in figure
    assert "85%" in figure
    assert not app.button(key="review_train").disabled


def test_a_link_sets_the_knobs_and_a_few_stand_open():
    asked = ReviewTraining(cell="lstm", words=5_000, length=200, epochs=3, units=16)
    app = part(**asked.to_query())
    assert settings_of(app) == asked
    folded = {one.key for fold in app.expander for one in fold.slider}
    assert {PANEL.prefix + "units", PANEL.prefix + "seed"} & folded
    assert not {PANEL.prefix + name for name in ("words", "length", "epochs")} & folded


def test_settings_that_ask_for_too_much_are_refused_before_anything_starts():
    app = part(cell="lstm", units="64", features="64", epochs="20")
    (warning,) = app.warning
    assert "times the work that one training may do" in warning.value
    assert app.button(key="review_train").disabled


def test_knobs_stand_where_they_stood_after_a_look_at_another_part():
    app = part(cell="gru", epochs="4")
    app.button_group(key="sentiment").set_value(["Your review"]).run()
    app.button_group(key="sentiment").set_value([train_it.TITLE]).run()
    assert not app.exception
    assert (settings_of(app).cell, settings_of(app).epochs) == ("gru", 4)


@pytest.mark.parametrize(
    ("path", "told"),
    [("", "which Keras downloads once"), ("/a/my_reviews.csv", "my\\_reviews.csv")],
)
def test_it_says_where_the_reviews_come_from(path, told, monkeypatch):
    monkeypatch.setenv("RNNLAB_REVIEWS", path)
    assert any(told in one.value for one in part().caption)


def test_how_a_file_was_read_is_shown_and_the_encoding_can_be_changed():
    app = part()
    content = "sentence,label\nThat’s *grand*,1.0\nDull,0.0\n".encode("cp1252")
    app.file_uploader(key=own_reviews.FILE).set_value(("x.csv", content, "text/csv")).run()
    assert any("read as Windows-1252" in one.value for one in app.caption)
    assert app.table[0].value.index.tolist() == ["positive", "negative"]
    assert app.table[0].value["text"].tolist() == ["That’s \\*grand\\*", "Dull"]
    app.selectbox(key=own_reviews.ENCODING.key).set_value("Mac Roman").run()
    assert app.table[0].value["text"].tolist()[0].startswith("Thatís")
    assert not app.exception
    chinese = "text,label\n" + "送来很快，味道很好,1\n汤是热的，分量足,0\n" * 10
    app.file_uploader(key=own_reviews.FILE).set_value(("y.csv", chinese.encode(), "")).run()
    told = "0 of 40 words are known: these models read English"
    assert any(told in one.value for one in app.caption)


def test_a_file_of_ones_own_is_taken_and_given_back():
    app = part()
    app.file_uploader(key=own_reviews.FILE).set_value(
        ("mine.csv", b"text,label\nGrand,1\nDull,0\n", "text/csv")
    ).run()
    assert any("your “mine.csv”: 2 reviews, 1 of them positive" in c.value for c in app.caption)
    app.file_uploader(key=own_reviews.FILE).set_value(
        ("bad.csv", b"text,label\nGrand,1\n", "text/csv")
    ).run()
    assert any("All 1 reviews of 'bad.csv' are positive" in one.value for one in app.warning)
    assert any("your “mine.csv”" in one.value for one in app.caption), "the old ones stay"
    press(app, "Use the film reviews again")
    assert not any("your “mine.csv”" in one.value for one in app.caption)
