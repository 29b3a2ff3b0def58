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
from rnnlab.language.settings import CORPORA, LanguageProgress, LanguageSettings
from rnnlab.ui.live_run.run import LiveRun
from rnnlab.ui.markdown import JOINER
from rnnlab.ui.next_word import inside, own_text, run, suggest, training, word_map, writing
from tests.pages.opened import fine, opened, texts
from tests.ui.fake_jobs import ME, FakeJob

PAGE = "pages/next_word.py"
PARTS = [part.TITLE for part in (suggest, inside, word_map, writing, training)]
NO_BREAK_SPACE = "\u00a0"
STORY = "The old king saw the sea. The young king saw the old ship! Did he see it?\n" * 130


def opened_with(text: OwnText | None = None, **query: str) -> AppTest:
    """The page that reads a text of one's own."""
    state = {} if text is None else {own_text.OWN_TEXT: text}
    return opened(PAGE, state, word_text=CORPORA["own"], **query)


def paragraph(app: AppTest, beginning: str) -> str:
    return next(text.value for text in app.markdown if text.value.startswith(beginning))


def choose(app: AppTest, part: str) -> None:
    fine(app.button_group(key="next").set_value(part).run())


def sentence(app: AppTest) -> str:
    return app.text_input[0].value


def follow(app: AppTest, label: str) -> str:
    """Press the button that is called so; the sentence then."""
    next(button for button in app.button if button.label.strip() == label).click().run()
    assert not app.exception
    return sentence(app)


@pytest.mark.parametrize("corpus", ["english", "chinese"])
def test_every_part_opens_at_once_with_the_lab_s_own_network(corpus):
    app = opened(PAGE, word_text=CORPORA[corpus])
    assert app.title[0].value == "What comes next?"
    assert sentence(app).isascii() == (corpus == "english")
    for part in PARTS:
        choose(app, part)
        assert "the lab's own LSTM of 64 units" in texts(app)
        assert not app.warning


def test_a_suggestion_that_is_followed_becomes_part_of_the_sentence():
    app = opened(PAGE)
    start = "she was late for school because"
    assert sentence(app) == start
    assert follow(app, "her") == f"{start} her"
    assert follow(app, "bicycle") == f"{start} her bicycle"
    assert follow(app, "Take one back") == f"{start} her"


def test_the_numbers_told_are_those_of_network_grammar_and_truth():
    app = opened(PAGE)
    source = grammar("english")
    ids = source.dictionary.ids(sentence(app).split())
    probabilities = shipped("english")[1].next_probabilities(ids)
    true = source.next_probabilities(ids)
    word = int(probabilities.argmax())
    text = paragraph(app, "The network gives")
    assert f"**{source.dictionary.word(word)}** {probabilities[word]:.1%}" in text
    assert f"true chance is {true[word]:.1%}" in text
    possible = true > 0
    divergence = np.sum(true[possible] * np.log(true[possible] / probabilities[possible]))
    assert f"costs the network {divergence:.3f} nats" in text


def test_an_unknown_word_is_named_with_words_like_it_and_reading_ends_there():
    app = opened(PAGE)
    app.text_input[0].set_value("she was late for the filn because").run()
    assert "“filn” is no word of this dictionary" in app.warning[0].value
    assert "“film”" in app.warning[0].value
    assert app.slider[0].max == 5
    app.text_input[0].set_value("she were late").run()
    assert "never says “were” there" in app.info[0].value


@pytest.mark.parametrize("typed", ["", "a ⏎ <unknown> $x$ [z](w) 她", "a " * 200])
def test_whatever_is_typed_every_part_stays_whole(typed):
    app = opened(PAGE, {"next_sentence_english": typed})
    choose(app, inside.TITLE)
    choose(app, writing.TITLE)


def test_the_cross_entropy_of_the_sentence_is_worked_out_with_its_own_numbers():
    text = paragraph(opened(PAGE, next=inside.TITLE), "Over your sentence")
    losses = [float(number) for number in re.findall(r"[\d.]+", text.split(")")[0])]
    mean = float(re.search(r"= ([\d.]+) nats", text)[1])
    assert len(losses) == 6
    assert sum(losses) / 6 == pytest.approx(mean, abs=0.006)
    perplexity = float(re.search(r"perplexity [^,]*, ([\d.]+):", text)[1])
    assert perplexity == pytest.approx(math.exp(mean), rel=0.005)


def test_of_a_grammar_s_sentences_the_network_writes_more_than_n_grams():
    app = opened(PAGE, next=writing.TITLE, next_from_mine="false")
    counts = re.findall(r"(\d+) of 10", paragraph(app, "Sentences that"))
    network, trigram, bigram = map(int, counts)
    assert network > trigram >= bigram


def test_a_beginning_that_is_none_of_the_grammar_s_is_not_blamed_on_who_goes_on():
    app = opened(PAGE, {"next_sentence_english": "because because"}, next=writing.TITLE)
    assert "no sentence can be right" in texts(app)
    assert "of 10" not in texts(app)


def test_knobs_of_a_link_hold_on_every_part_and_wrong_ones_are_said():
    app = opened(PAGE, next=training.TITLE, word_units="32", word_cell="gru", word_passes="5")
    values = {widget.key: widget.value for widget in (*app.slider, *app.button_group)}
    assert (values["word_units"], values["word_passes"]) == (32, 5)
    # Embedding 124 × 32, GRU 3 · (32 · 32 + 32 · 32 + 2 · 32), dense (32 + 1) · 124.
    assert f"{124 * 32 + 3 * (32 * 32 + 32 * 32 + 2 * 32) + 33 * 124:,} parameters" in texts(app)


@pytest.mark.parametrize("part", PARTS)
def test_a_run_is_looked_at_from_every_part_so_that_it_goes_on(part, monkeypatch):
    point = LanguageProgress(
        step=30, steps=60, seconds=1.0, epochs=3, loss=2.0, validation_loss=2.0, learning_rate=0.01
    )
    looks = []
    monkeypatch.setattr(
        FakeJob, "view", lambda *_: looks.append(1) or JobView("running", events=(point,))
    )
    going = LiveRun((LanguageSettings(),), (FakeJob(),), LanguageProgress, ME)
    app = opened(PAGE, {run.RUNS: {("english", None): going}}, next=part)
    assert "being trained (pass 2 of 3), whichever part you look at" in texts(app)
    assert looks


def test_texts_that_cannot_be_used_are_refused_under_the_limits():
    app = opened_with()
    assert "At least 2,000 words in 50 sentences, at most 2 MB" in texts(app)
    assert "Once there is a text" in texts(app)
    app.text_area[0].set_value("Too short. By far.").run()
    assert "“your text” has 6 in 2" in app.warning[0].value
    app.file_uploader(key=own_text.FILE).set_value(("a.txt", bytes(range(256)) * 400, "")).run()
    assert "'a.txt' is not a text file: 11,200 of its 102,400" in app.warning[0].value
    assert not app.text_input


def test_a_text_of_ones_own_has_n_grams_at_once_and_asks_for_a_network():
    app = opened_with(OwnText("story", STORY))
    assert "“story”: 2,600 words in 390 sentences" in texts(app)
    assert follow(app, "the") == "the"
    for part in PARTS[1:]:
        choose(app, part)
        missing = "No network has read “story” yet" in texts(app)
        assert missing == (part in (inside.TITLE, word_map.TITLE))


@pytest.mark.parametrize(("n_words", "alike"), [(2, 0.0), (2, 1.0), (12, 0.0), (12, 1.0)])
def test_a_map_of_few_words_is_drawn_and_claims_no_more_than_chance_makes(n_words, alike):
    words = "abcdefghijkl"[: n_words - 1]
    text = OwnText("few", "".join(f"{words[k % len(words)]} {words[k // 3 % len(words)]}. "
                                  for k in range(1200)))  # fmt: skip
    settings = LanguageSettings(corpus="own", text=text)
    weights = dict(settings.first_weights(settings.data))
    rows = np.random.default_rng(1).normal(size=weights["embedding"].shape)
    weights["embedding"] = (rows + 2 * alike).astype(np.float32)
    point = LanguageProgress(
        step=9, steps=9, seconds=1.0, epochs=1, loss=1.0, validation_loss=1.0, learning_rate=0.01,
        weights=weights,
    )  # fmt: skip
    job = FakeJob(seen=JobView("done", events=(point,), result=point))
    done = LiveRun((settings,), (job,), LanguageProgress, ME)
    state = {own_text.OWN_TEXT: text, run.RUNS: {("own", text): done}}
    app = opened(PAGE, state, word_text=CORPORA["own"], next=word_map.TITLE)
    assert len(app.selectbox(key="next_map_word_own").options) == n_words
    assert ("With random numbers the nearest" in texts(app)) == (not alike)


def test_the_same_text_can_be_read_as_characters():
    app = opened_with()
    app.text_area[0].set_value(STORY).run()
    assert "2,600 words" in texts(app)
    app.button_group(key=own_text.UNIT).set_value("characters").run()
    assert "characters in 130 lines" in texts(app)
    app.text_input[0].set_value("The k").run()
    assert follow(app, "i") == "The ki"


def test_the_encoding_of_a_file_is_told_and_can_be_changed():
    app = opened_with()
    content = "The old king can’t see the sea. It’s late!\n".encode("cp1252") * 260
    app.file_uploader(key=own_text.FILE).set_value(("sea.txt", content, "")).run()
    assert "'sea.txt': read as Windows-1252; look whether its letters are right" in texts(app)
    assert "It begins: “the · old · king · can't · see" in texts(app)
    encoding = app.selectbox(key=own_text.ENCODING.key)
    assert (encoding.value, encoding.options[0]) == ("Windows-1252", "Windows-1252")
    encoding.set_value("Mac Roman").run()
    assert "'sea.txt': read as Mac Roman" in texts(app)
    assert "the · old · king · canít · see" in texts(app)
    assert app.selectbox(key=own_text.ENCODING.key).options == encoding.options
    app.button_group(key=own_text.UNIT).set_value("characters").run()
    assert "It begins: “The old king canít see" in texts(app)
    app.file_uploader(key=own_text.FILE).set_value(("b.txt", STORY.encode(), "")).run()
    assert "read as" not in texts(app)
    assert not app.selectbox
    fine(app)


def test_a_list_of_words_is_refused_and_read_as_characters():
    app = opened_with()
    words = "".join(f"{'abcdefghijklmnop'[n % 16]}{n:x}\n" for n in range(3_000))
    app.text_area[0].set_value(words).run()
    assert "“your text” none comes twice" in app.warning[0].value
    app.button_group(key=own_text.UNIT).set_value("characters").run()
    assert not fine(app).warning
    assert "characters in 3,000 lines" in texts(app)


def test_spaces_at_the_start_of_a_line_of_code_are_seen():
    code = "for k in x:\n    if k:\n        a(k)\n" * 100
    app = opened_with(OwnText("code", code, "characters"), next=writing.TITLE)
    written = [text.value for text in app.markdown]
    assert any(line.lstrip(JOINER).startswith(NO_BREAK_SPACE * 4) for line in written)
    assert not any(line.startswith("    ") for line in written)


def test_what_a_text_has_at_its_start_makes_no_heading_and_no_list():
    story = "# the king saw the sea .\n\n- the old king saw a ship .\n\n" * 200
    app = opened_with(OwnText("list", story), next=writing.TITLE)
    sentences = [text.value for text in app.markdown if text.value.endswith(" .")]
    assert len(sentences) == 8  # four of the trigram's and four of the bigram's
    assert all(text[:2] in ("\\#", "\\-") for text in sentences)
