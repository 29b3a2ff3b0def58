"""The page on the next word without a browser: parts open, words are followed, texts are taken."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.compute import JobView
from rnnlab.language.corpus import OwnText, grammar
from rnnlab.language.model import shipped
from rnnlab.language.progress import LanguageProgress
from rnnlab.language.settings import CORPORA, WordSettings
from rnnlab.ui.live_run.run import LiveRun
from rnnlab.ui.next_word import inside, own, run, suggest, training, word_map, writing
from tests.pages.opened import opened
from tests.ui.fake_jobs import FakeJob

PAGE = "pages/next_word.py"
PARTS = [one.TITLE for one in (suggest, inside, word_map, writing, training)]
STORY = "The old king saw the sea. The young king saw the old ship! Did he see it?\n" * 130
OWN = OwnText("story", STORY)


def texts(app: AppTest) -> str:
    shown = [*app.markdown, *app.caption, *app.warning, *app.info]
    return "\n".join(one.value for one in shown)


def sentence(app: AppTest) -> str:
    return app.text_input[0].value


def followed(app: AppTest, start: str) -> str:
    """Follow the suggestion that begins so; the sentence then."""
    button = next(one for one in app.button if one.label.startswith(f"{start} "))
    button.click().run()
    assert not app.exception
    return sentence(app)


@pytest.mark.parametrize("corpus", ["english", "chinese"])
def test_every_part_opens_at_once_with_the_lab_s_own_network(corpus):
    app = opened(PAGE, word_text=CORPORA[corpus])
    assert app.title[0].value == "What comes next?"
    assert sentence(app).isascii() == (corpus == "english")
    for part in PARTS:
        app.button_group(key="next").set_value(part).run()
        assert not app.exception
        assert "the lab's own LSTM of 64 units" in texts(app)
        assert not app.warning


def test_a_suggestion_that_is_followed_becomes_part_of_the_sentence():
    app = opened(PAGE)
    assert sentence(app) == "she was late for school because"
    assert followed(app, "her") == "she was late for school because her"
    assert followed(app, "bicycle") == "she was late for school because her bicycle"
    next(one for one in app.button if one.label == "Take one back").click().run()
    assert sentence(app) == "she was late for school because her"


def test_the_numbers_told_are_those_of_network_grammar_and_truth():
    app = opened(PAGE)
    one = grammar("english")
    ids = one.dictionary.ids(sentence(app).split())
    said, true = shipped("english")[1].next_probabilities(ids), one.next_probabilities(ids)
    word = int(said.argmax())
    told = next(m.value for m in app.markdown if m.value.startswith("The network gives"))
    assert f"**{one.dictionary.word(word)}** {said[word]:.1%}" in told
    assert f"true chance is {true[word]:.1%}" in told
    apart = float(np.sum(true[true > 0] * np.log(true[true > 0] / said[true > 0])))
    assert f"costs the network {apart:.3f} nats" in told


def test_an_unknown_word_is_named_with_words_like_it_and_reading_ends_there():
    app = opened(PAGE)
    app.text_input[0].set_value("she was late for the filn because").run()
    assert "“filn” is no word of this dictionary" in app.warning[0].value
    assert "“film”" in app.warning[0].value
    assert app.slider[0].max == 5


def test_a_word_that_the_grammar_never_says_there_is_named():
    app = opened(PAGE)
    app.text_input[0].set_value("she were late").run()
    assert "never says “were” there" in app.info[0].value
    assert not app.exception


@pytest.mark.parametrize("typed", ["", "a ⏎ <unknown> $x$ [z](w) 她", "a " * 200])
def test_whatever_is_typed_every_part_stays_whole(typed):
    app = opened(PAGE, {"next_sentence_english": typed})
    for part in (inside.TITLE, writing.TITLE):
        app.button_group(key="next").set_value(part).run()
        assert not app.exception


def test_the_cross_entropy_of_the_sentence_is_worked_out_with_its_own_numbers():
    app = opened(PAGE, next=inside.TITLE)
    told = next(m.value for m in app.markdown if m.value.startswith("Over your sentence"))
    listed = [float(one) for one in re.findall(r"[\d.]+", told.split(")")[0])]
    mean = float(re.search(r"= ([\d.]+) nats", told)[1])
    assert len(listed) == 6
    assert sum(listed) / 6 == pytest.approx(mean, abs=0.006)
    perplexity = float(re.search(r"e to that, ([\d.]+):", told)[1])
    assert perplexity == pytest.approx(math.exp(mean), rel=0.005)


def test_of_a_grammar_s_sentences_the_network_writes_more_than_n_grams():
    app = opened(PAGE, next=writing.TITLE, next_from_mine="false")
    told = next(m.value for m in app.markdown if m.value.startswith("Sentences that"))
    network, three, two = (int(one) for one in re.findall(r"(\d+) of 10", told))
    assert network > three >= two


def test_knobs_of_a_link_hold_on_every_part_and_wrong_ones_are_said():
    app = opened(PAGE, next=training.TITLE, word_units="32", word_cell="gru", word_passes="5")
    values = {one.key: one.value for one in (*app.slider, *app.button_group)}
    assert (values["word_units"], values["word_passes"]) == (32, 5)
    # Embedding 124 × 32, GRU 3 · (32 · 32 + 32 · 32 + 2 · 32), dense (32 + 1) · 124.
    assert f"{124 * 32 + 3 * (32 * 32 + 32 * 32 + 2 * 32) + 33 * 124:,} parameters" in texts(app)
    wrong = opened(PAGE, word_units="1000")
    assert "Units must be between 8 and 128" in wrong.warning[0].value


def test_the_limits_stand_before_the_box_for_ones_own_text():
    app = opened(PAGE, word_text=CORPORA["own"])
    assert "At least 2,000 words in 50 sentences, at most 2 MB" in texts(app)
    assert not app.text_input


def test_a_pasted_text_that_is_too_short_is_refused_with_its_numbers():
    app = opened(PAGE, word_text=CORPORA["own"])
    app.text_area[0].set_value("Too short. By far.").run()
    assert "“your text” has 6 in 2" in app.warning[0].value


def test_a_file_that_is_no_plain_text_is_refused_by_name():
    app = opened(PAGE, word_text=CORPORA["own"])
    assert "Once there is a text" in texts(app)
    app.file_uploader(key=own.FILE).set_value(("a.txt", bytes(range(256)) * 400, "")).run()
    assert "“a.txt” is no plain text" in app.warning[0].value
    assert not app.text_input


def test_a_beginning_that_is_none_of_the_grammar_s_is_not_blamed_on_who_goes_on():
    app = opened(PAGE, next=writing.TITLE)
    app.text_input[0].set_value("because because").run()
    assert "The beginning that you gave is none of the grammar's" in texts(app)
    assert "of 10" not in texts(app)


def test_what_a_text_has_at_its_start_makes_no_heading_and_no_list():
    story = "# the king saw the sea .\n\n- the old king saw a ship .\n\n" * 200
    app = opened(PAGE, {own.TEXT: OwnText("list", story)}, word_text=CORPORA["own"])
    app.button_group(key="next").set_value(writing.TITLE).run()
    written = [one.value for one in app.markdown if one.value.endswith(" .")]
    assert len(written) == 8  # four of the trigram's and four of the bigram's
    assert all(one[:2] in ("\\#", "\\-") for one in written)


POINT = LanguageProgress(
    step=30, steps=60, seconds=1.0, epochs=3, loss=2.0, validation_loss=2.0, learning_rate=0.01
)


@pytest.mark.parametrize("part", PARTS)
def test_a_run_is_looked_at_from_every_part_so_that_it_goes_on(part, monkeypatch):
    looks = []
    monkeypatch.setattr(
        FakeJob, "view", lambda *_: looks.append(1) or JobView("running", events=(POINT,))
    )
    going = LiveRun((WordSettings(),), (FakeJob(),), LanguageProgress)
    app = opened(PAGE, {run.RUNS: {("english", None): going}}, next=part)
    assert "being trained (pass 2 of 3), whichever part you look at" in texts(app)
    assert looks


def test_a_text_of_ones_own_has_n_grams_at_once_and_asks_for_a_network():
    app = opened(PAGE, {own.TEXT: OWN}, word_text=CORPORA["own"])
    assert "“story”: 2,600 words in 390 sentences" in texts(app)
    assert followed(app, "the") == "the"
    for part in PARTS[1:]:
        app.button_group(key="next").set_value(part).run()
        assert not app.exception
        missing = "No network has read “story” yet" in texts(app)
        assert missing == (part in (inside.TITLE, word_map.TITLE))


def test_the_same_text_can_be_read_as_characters():
    app = opened(PAGE, word_text=CORPORA["own"])
    app.text_area[0].set_value(STORY).run()
    assert "2,600 words" in texts(app)
    app.button_group(key=own.UNIT).set_value("characters").run()
    assert "characters in 130 lines" in texts(app)
    app.text_input[0].set_value("The k").run()
    assert followed(app, "i") == "The ki"
