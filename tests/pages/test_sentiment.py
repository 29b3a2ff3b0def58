"""The page on sentiment without a browser: texts of all kinds, edits, models, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.sentiment import model as stored
from rnnlab.sentiment.examples import EXAMPLES, NEGATIVE, NEITHER, POSITIVE, TWELVE
from rnnlab.sentiment.reading import RunningVerdict, read
from rnnlab.ui.sentiment import models, review_run
from tests.pages.opened import fine, opened, texts
from tests.sentiment.made import made_model

SENTIMENT = "pages/sentiment.py"


@pytest.fixture(scope="module", autouse=True)
def _models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Three models by chance in the place of those that travel with the lab."""
    folder = tmp_path_factory.mktemp("models")
    both = {"bidirectional": True, "pooling": "mean_max"}
    for model in (
        made_model("best", **both, vocabulary=5000),
        made_model("gru", seed=2),
        made_model("article", seed=3, cell="simple_rnn", padded_to=500, most_words=500),
    ):
        stored.write_model(model, folder / f"{model.name}.npz")
    usual, stored.MODELS = stored.MODELS, folder
    stored.shipped.cache_clear()
    yield
    stored.MODELS = usual
    stored.shipped.cache_clear()


def type_in(app: AppTest, text: str) -> AppTest:
    return fine(app.text_area(key="typed_text").set_value(text).run())


def share(app: AppTest) -> int:
    """How likely the page finds it that the text is positive, in percents."""
    percents, kind = re.findall(r"text for \*\*(\d+)% (\w+)\*\*", texts(app))[0]
    return int(percents) if kind == "positive" else 100 - int(percents)


def test_the_page_opens_with_an_example_that_is_judged():
    app = opened(SENTIMENT)
    assert app.text_area(key="typed_text").value == EXAMPLES[1].text
    assert 0 <= share(app) <= 100
    assert "Which words mattered?" in texts(app)
    assert "What they cannot do" in texts(app)


def test_after_an_edit_the_old_verdict_stands_beside_the_new_one():
    app = type_in(opened(SENTIMENT), "the end is dull")
    before = share(app)
    assert "the end is ~~dull~~ **good**" not in texts(app)
    type_in(app, "the end is good")
    pattern = r"(?:Before your change|Now): [a-z ]+, \*\*(\d+)% (\w+)\*\*"
    told = [
        int(percents) if kind == "positive" else 100 - int(percents)
        for percents, kind in re.findall(pattern, texts(app))
    ]
    assert told == [before, share(app)]
    assert "the end is ~~dull~~ **good**" in texts(app)


def test_another_model_reads_the_same_text():
    app = type_in(opened(SENTIMENT), "the end is dull")
    assert "reads in both directions at once" in texts(app)
    app.button_group(key="typed_model").set_value("gru").run()
    assert "reads in both directions" not in texts(app)
    assert app.text_area(key="typed_text").value == "the end is dull"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing to read yet"),
        ("😀😀", "no word in it"),
        ("\x00\x01\ud7ff\u202e", "no word in it"),
        ("<script>alert(1)</script> **bold** $x$ `code` [a](b)", "Which words mattered"),
        ("word " * 1200, "the last 1,000 words were read"),
        ("x" * 300_000, "does not know this word"),
    ],
)
@pytest.mark.parametrize("part", ["Your review", "Compare"])
def test_strange_texts_get_a_sentence(text, words, part):
    app = type_in(opened(SENTIMENT, sentiment=part), text)
    if part == "Your review":
        assert words in texts(app)
    assert not app.error


def test_compared_models_are_in_the_table_and_those_left_out_are_not():
    app = type_in(opened(SENTIMENT, sentiment="Compare"), "the end is dull")
    assert list(app.dataframe[0].value["model"]) == ["Best", "Gru", "Article"]
    app.button_group(key="compare_models").set_value(["gru", "article"]).run()
    assert list(app.dataframe[0].value["model"]) == ["Gru", "Article"]
    table = app.dataframe[2].value
    assert list(table["model"]) == ["Gru", "Article"]
    assert len(table.columns) == 5
    app.button_group(key="compare_models").set_value([]).run()
    assert not app.exception
    assert "Pick at least one model" in texts(app)


def test_the_network_that_one_trained_reads_too(monkeypatch):
    own = made_model("yours", seed=9)
    monkeypatch.setattr(review_run, "trained", lambda: own)
    app = type_in(opened(SENTIMENT), "the end is dull")
    app.button_group(key="typed_model").set_value("yours").run()
    reading = read(own, "the end is dull")
    assert share(app) == round(100 * reading.probability)
    again = made_model("yours", seed=10)
    monkeypatch.setattr(review_run, "trained", lambda: again)
    app.run()
    assert share(app) == round(100 * read(again, "the end is dull").probability)
    monkeypatch.setattr(review_run, "trained", lambda: None)
    app.run()
    assert not app.exception
    assert app.session_state["typed_model"] == "best"
    app.button_group(key="sentiment").set_value("Compare").run()
    assert "Yours" not in list(app.dataframe[0].value["model"])


def test_a_text_is_in_no_address_but_in_a_link_that_one_asks_for():
    app = type_in(opened(SENTIMENT), "my own words")
    assert "own" not in str(app.query_params)
    assert any("text=my+own+words" in code.value for code in app.code)
    type_in(app, "a " * 800)
    assert not app.code
    assert "Your text has 1,600 characters, but a link can carry at most 1,500" in texts(app)


def test_a_link_with_too_much_text_is_refused():
    app = opened(SENTIMENT, text="a" * 1501)
    assert "carries a text of 1,501 characters, but a link may carry at most 1,500" in (
        app.warning[0].value
    )
    assert app.text_area(key="typed_text").value == EXAMPLES[1].text


def test_without_any_model_the_page_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(stored, "MODELS", tmp_path)
    for part in ("Your review", "Compare"):
        assert "No trained model" in texts(opened(SENTIMENT, sentiment=part))


@pytest.mark.parametrize("word", ["dull", "这部电影真的很好看"])
def test_of_a_single_word_no_list_of_words_is_promised(word):
    shown = texts(type_in(opened(SENTIMENT), word))
    assert f"Without “{word}”" in shown
    assert "Here are" not in shown
    assert "No single word" not in shown


def on_the_twelve(**changed: float) -> tuple[float, ...]:
    """Verdicts on the twelve phrases as a person has them, but for some, by their first word."""
    usual = {POSITIVE: 0.9, NEITHER: 0.5, NEGATIVE: 0.1}
    return tuple(changed.get(text.split()[0], usual[meant]) for text, meant in TWELVE)


def test_what_is_misread_is_named_and_nothing_else(monkeypatch):
    verdicts = {"best": on_the_twelve(), "gru": on_the_twelve(ok=0.2)}
    verdicts["article"] = on_the_twelve(ok=0.2, the=0.9)
    monkeypatch.setattr(models, "on_the_twelve", lambda model: verdicts[model.name])
    titles = {name: stored.shipped(name).title for name in verdicts}
    shown = texts(opened(SENTIMENT))
    assert f"misread: {titles['gru']} “ok”; {titles['article']} 2, among them “ok”." in shown
    monkeypatch.setattr(models, "on_the_twelve", lambda _: on_the_twelve())
    assert "misread" not in texts(opened(SENTIMENT))


def test_the_twelve_phrases_are_read_by_those_that_are_picked(monkeypatch):
    verdicts = {"best": on_the_twelve(), "gru": on_the_twelve(ok=0.2), "article": on_the_twelve()}
    monkeypatch.setattr(models, "on_the_twelve", lambda model: verdicts[model.name])
    app = opened(SENTIMENT, sentiment="Compare")
    app.button_group(key="compare_models").set_value(["best", "gru"]).run()
    titles = {name: stored.shipped(name).title for name in verdicts}
    assert f"**{titles['best']}** 12, **{titles['gru']}** 11" in texts(app)
    table = next(frame.value for frame in app.dataframe if "phrase" in frame.value)
    assert table["phrase"].tolist() == [text for text, _ in TWELVE]
    ok = table.set_index("phrase").loc["ok"]
    assert ok[titles["best"]] == "✓ 50%"
    assert ok[titles["gru"]] == "✗ 20%"


def test_of_what_is_neither_the_rule_is_told(monkeypatch):
    app = type_in(opened(SENTIMENT), "the end is dull")
    for probability, told in ((0.5, True), (0.9, False)):
        of_all = RunningVerdict.probability.fget
        monkeypatch.setattr(RunningVerdict, "probability", property(lambda _, p=probability: p))
        assert ("the lab says “neither”" in texts(app.run())) == told
        monkeypatch.setattr(RunningVerdict, "probability", property(of_all))
