"""The script that makes the shipped models; and the article's network, as it came of it."""

import numpy as np
import pytest

from rnnlab.makers import sentiment_model
from rnnlab.makers.__main__ import main
from rnnlab.sentiment import model as stored
from rnnlab.sentiment.review_training import ARTICLE, Curves
from rnnlab.sentiment.verdicts import logits
from rnnlab.training import review_corpus as corpus_module
from rnnlab.training.review_corpus import ReviewCorpus, held_out
from tests.training.reviews.made_up import corpus, made_up, small


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A table of made-up reviews, and a recipe of small settings."""
    monkeypatch.setattr(corpus_module, "_cache", type(corpus_module._cache)())
    monkeypatch.setenv("RNNLAB_REVIEWS", "set by the script")
    recipe = sentiment_model.FromSettings("Tiny", "For a test.", small())
    monkeypatch.setitem(sentiment_model.RECIPES, "tiny", recipe)
    reviews = made_up(150)
    lines = [f"{text},{label}" for text, label in zip(reviews.texts, reviews.labels, strict=True)]
    path = tmp_path / "made.csv"
    path.write_text("text,label\n" + "\n".join(lines), encoding="utf-8")
    return path


def test_it_tells_the_epochs_and_writes_the_model_that_it_measured(table, tmp_path, capsys):
    file = tmp_path / "models" / "tiny.npz"
    main(["sentiment_model", "tiny", "--reviews", str(table), "--into", str(file)])
    lines = capsys.readouterr().out.split("\n")
    assert sum(line.startswith("epoch ") for line in lines) == small().epochs
    with file.open("rb") as opened:
        model = stored.read_model(opened)
    curves = Curves(**model.history)
    assert len(curves) == small().epochs
    assert model.figures["best validation accuracy"] == max(curves.val_accuracy)
    assert model.figures["last validation accuracy"] == curves.val_accuracy[-1]
    assert (model.figures["learnt from"], model.figures["held out"]) == (120, 30)
    assert model.readers[0].network == small().network
    _, judged = held_out(corpus(150), 0.2)
    assert accuracy(model, judged) == pytest.approx(curves.val_accuracy[-1], abs=1.5 / 30)
    assert any(f"{curves.best}" in line for line in lines if line.startswith("best epoch"))

    again = tmp_path / "again.npz"
    main(["sentiment_model", "tiny", "--reviews", str(table), "--into", str(again)])
    first, second = np.load(file), np.load(again)
    assert {*first.files} == {*second.files}
    for name in first.files:
        np.testing.assert_array_equal(first[name], second[name], err_msg=name)


def accuracy(model, judged: ReviewCorpus) -> float:
    """The share that the model, in NumPy, judges as the labels say."""
    ids = [
        np.where(review < model.vocabulary.size, review, 2).astype(np.int32)
        for review in judged.ids
    ]
    return float(np.mean((logits(model, ids) > 0) == (judged.labels == 1)))


@pytest.mark.usefixtures("table")
def test_what_is_wrong_with_the_reviews_is_one_sentence(tmp_path):
    with pytest.raises(SystemExit, match="cannot be read"):
        main(["sentiment_model", "tiny", "--reviews", str(tmp_path / "none.csv")])


def test_what_is_held_back_is_read_from_tables_and_given_to_the_recipe(
    table, tmp_path, monkeypatch
):
    held_back = tmp_path / "texts.tsv"
    held_back.write_text('label\ttext\n1\tNot "bad" at all!\n0\tskip it\n', encoding="utf-8")
    given = []

    class Recipe:
        def make(self, *arguments):
            given.extend(arguments[-1])
            raise KeyboardInterrupt

    monkeypatch.setitem(sentiment_model.RECIPES, "tiny", Recipe())
    with pytest.raises(KeyboardInterrupt):
        sentiment_model.main(["tiny", "--reviews", str(table), "--held-back", str(held_back)])
    assert given == [("not", "bad", "at", "all"), ("skip", "it")]


def test_a_model_that_nobody_knows_how_to_make_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["sentiment_model", "maroon"])
    assert "article" in capsys.readouterr().err


def test_the_shipped_article_is_the_articles_network_and_near_its_claim():
    model = stored.shipped("article")
    (reader,) = model.readers
    assert reader.network == ARTICLE.network
    assert (model.padded_to, model.most_words) == (500, 500)
    assert model.n_parameters == 322_113
    curves = Curves(**model.history)
    assert len(curves) == 10
    # The article: "about 85 %". Of 5,000 reviews a standard error is half a percent.
    assert 0.84 < max(curves.val_accuracy) < 0.885
    assert model.figures["best validation accuracy"] == max(curves.val_accuracy)
    assert model.figures["best epoch"] == curves.best
    assert (curves.loss[-1] < 0.1) & (curves.turning_point is not None), (
        "it overfits, as in the article"
    )
