"""From texts to probabilities, to words, to many verdicts and to a file of them."""

import csv
import io
import math
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.files.decoding import decode
from rnnlab.sentiment import forward
from rnnlab.sentiment.files.reviews import Texts
from rnnlab.sentiment.files.table import texts_in_table
from rnnlab.sentiment.model import Phrases, SentimentModel, sigmoid
from rnnlab.sentiment.verdicts import (
    BATCH,
    NEITHER,
    Verdict,
    in_percent,
    in_words,
    logits,
    logits_so_far,
    network_inputs,
    probabilities,
    verdicts_csv,
    verdicts_in_batches,
)
from rnnlab.sentiment.vocabulary import Vocabulary
from rnnlab.sentiment.weighing import Weighing
from tests.sentiment.made import VOCABULARY, made_model, made_reader


def ids(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


@pytest.mark.parametrize(
    ("probability", "sentence"),
    [
        (1.0, "clearly positive"),
        (0.9, "clearly positive"),
        (0.8999, "clearly positive"),  # shown as 90%
        (0.89, "rather positive"),
        (NEITHER[1], "rather positive"),
        (NEITHER[1] - 0.01, "neither"),
        (0.5, "neither"),
        (NEITHER[0], "neither"),
        (NEITHER[0] - 0.01, "rather negative"),
        (0.1, "rather negative"),
        (0.09, "clearly negative"),
        (0.0, "clearly negative"),
    ],
)
def test_a_verdict_in_words(probability, sentence):
    assert in_words(probability) == sentence


def test_what_a_network_reads_begins_with_the_start():
    assert list(network_inputs(made_model(), ids(7, 8))) == [1, 7, 8]
    assert list(network_inputs(made_model(), ids())) == [1]
    assert list(network_inputs(made_model(most_words=2), ids(7, 8, 9))) == [1, 8, 9]


def test_or_with_zeros_before_it_as_keras_pads():
    model = made_model(padded_to=4, most_words=4)
    assert list(network_inputs(model, ids(7, 8))) == [0, 1, 7, 8]
    assert list(network_inputs(model, ids(5, 6, 7, 8, 9))) == [6, 7, 8, 9]


def test_a_models_logit_is_that_of_its_parts_as_they_weigh_in_texts_of_its_length():
    """At 1 and 7 words; 3 lie half-way between, by the logarithm of 2, 4 and 8."""
    readers = made_reader(1), made_reader(2, cell="simple_rnn")
    phrases = Phrases(VOCABULARY, np.array([50, 60]), np.array([0.4, 0.3]))
    weighing = Weighing((1, 7), ((1.0, 2.0, 0.5), (0.5, 0.0, 1.5)), (0.25, -0.75))
    model = made_model(readers=readers, phrases=phrases, weighing=weighing)
    texts = [ids(50), ids(50, 60, 70), ids(50, 60, 70, 80, 90, 100, 110)]
    first, second = (
        forward.logits(reader, [np.concatenate([[1], text]) for text in texts])
        for reader in readers
    )
    expected = [
        first[0] + 2 * second[0] + 0.5 * 0.4 + 0.25,
        0.75 * first[1] + second[1] + 0.7 / math.sqrt(2) - 0.25,
        0.5 * first[2] + 1.5 * 0.7 / math.sqrt(2) - 0.75,
    ]
    assert logits(model, texts) == pytest.approx(expected)


def test_a_network_that_counts_nothing_is_not_asked(monkeypatch):
    readers = made_reader(1), made_reader(2)
    weighing = Weighing((1, 4), ((1.0, 1.0), (1.0, 0.0)), (0.0, 0.0))
    model = made_model(readers=readers, weighing=weighing)
    asked = []

    def counted(reader, texts):
        asked.append((readers.index(reader), len(texts)))
        return np.zeros(len(texts))

    monkeypatch.setattr(forward, "logits", counted)
    logits(model, [ids(50), ids(*range(50, 60)), ids(*range(50, 54))])
    assert asked == [(0, 3), (1, 1)]


@pytest.mark.parametrize("padded_to", [0, 12])
def test_the_verdicts_so_far_are_those_on_shorter_texts(padded_to):
    weighing = Weighing((2, 5), ((2.0,), (1.0,)), (0.5, 0.25))
    model = made_model(padded_to=padded_to, most_words=12, weighing=weighing)
    text = ids(*range(10, 17))
    if padded_to:  # the zeros in front are read as well, and a shorter text has more of them
        inputs = np.concatenate([np.zeros(4, int), [1], text])
        network = forward.logits_so_far(model.readers[0], inputs)[4:]
        expected = weighing.logits(network[:, None], range(8))
        assert logits_so_far(model, text) == pytest.approx(expected)
    else:
        expected = logits(model, [text[:n] for n in range(8)])
        assert logits_so_far(model, text) == pytest.approx(expected)


def test_probabilities_are_those_of_the_logits_and_capitals_do_not_matter():
    model = made_model()
    texts = ["I loved it", "i LOVED it!!", "", "😀"]
    first, capitals, empty, emoji = probabilities(model, texts)
    assert first == capitals
    assert empty == emoji == pytest.approx(1 / (1 + math.exp(-logits(model, [ids()])[0])))


def test_a_probability_never_overflows():
    values = sigmoid(np.array([-1e4, 0.0, math.log(3), 1e4]))
    assert values == pytest.approx([0, 0.5, 0.75, 1])


def test_what_cannot_be_a_model_is_refused():
    with pytest.raises(ValueError, match="one vocabulary"):
        made_model(readers=(made_reader(), made_reader(vocabulary=50)))
    with pytest.raises(ValueError, match="one vocabulary"):
        SentimentModel("a", "A", "", ())
    with pytest.raises(ValueError, match="2 parts weighs 1"):
        made_model(readers=(made_reader(1), made_reader(2)))
    with pytest.raises(ValueError, match="do not fit"):
        made_model(padded_to=10, most_words=11)
    with pytest.raises(ValueError, match="does not read words"):
        made_reader(vocabulary=0)


THREE_WORDS = Vocabulary(("good", "bad", "film"))


def by_length(texts):
    """A model that believes in brevity: a text of n characters is positive with 1 / (1 + n)."""
    return np.array([1 / (1 + len(text)) for text in texts])


def verdicts(texts: list[str], labels: list[int | None] | None = None) -> list[Verdict]:
    given_texts = Texts(tuple(texts), tuple(labels or [None] * len(texts)), "x")
    by_index: dict[int, Verdict] = {}
    for batch in verdicts_in_batches(given_texts, by_length, THREE_WORDS):
        assert 0 < len(batch) <= BATCH
        assert not by_index.keys() & batch.keys(), "none is judged twice"
        by_index |= batch
    return [by_index[index] for index in range(len(texts))]


@given(st.lists(st.text(max_size=30), max_size=3 * BATCH))
def test_every_text_gets_the_verdict_on_itself(texts):
    made = verdicts(texts)
    assert [verdict.text for verdict in made] == texts
    assert [verdict.probability for verdict in made] == by_length(texts).tolist()


def test_the_longest_come_first_so_that_little_is_padded():
    lengths: list[list[int]] = []

    def model(texts):
        lengths.append([len(text) for text in texts])
        return np.full(len(texts), 0.5)

    texts = Texts(tuple("a" * n for n in range(1, 2 * BATCH)), (None,) * (2 * BATCH - 1), "x")
    list(verdicts_in_batches(texts, model, THREE_WORDS))
    assert [len(batch) for batch in lengths] == [BATCH, BATCH - 1]
    assert list(chain(*lengths)) == list(range(2 * BATCH - 1, 0, -1))


@pytest.mark.parametrize(
    ("text", "n_words", "unknown"),
    [
        ("Good film!", 2, 0.0),
        ("Good grief, bad film.", 4, 0.25),
        ("Ein guter Film", 3, 2 / 3),
        ("🙂🙂", 0, None),
        ("", 0, None),
    ],
)
def test_unknown_words_are_counted(text, n_words, unknown):
    (verdict,) = verdicts([text])
    assert (verdict.n_words, verdict.unknown_share) == (n_words, unknown)


@pytest.mark.parametrize(
    ("text", "label", "predicted", "correct"),
    [
        ("", 1, 1, True),  # 1
        ("a", 1, 1, True),  # 0.5
        ("ab", 1, 0, False),  # 1/3
        ("ab", 0, 0, True),
        ("ab", None, 0, None),
    ],
)
def test_a_verdict_is_what_is_more_probable_and_right_if_it_is_the_label(
    text, label, predicted, correct
):
    (verdict,) = verdicts([text], [label])
    assert (verdict.predicted, verdict.correct) == (predicted, correct)


def test_how_sure_it_is_of_its_verdict_is_at_least_a_half():
    assert [verdict.confidence for verdict in verdicts(["", "a", "abcd"])] == [1, 0.5, 0.8]


# Control characters are no text.
WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1)
WRITTEN = WRITTEN.map(str.strip).filter(bool)


def rows(*verdicts: Verdict) -> list[dict[str, str]]:
    written = verdicts_csv(verdicts).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(written, newline="")))


def test_a_row_has_the_verdict_in_number_and_words():
    assert rows(Verdict("Fine, I’d say", 0, 0.87654, 4, 1)) == [
        {
            "text": "Fine, I’d say",
            "label": "negative",
            "verdict": "positive",
            "probability_positive": "0.8765",
            "in_words": "rather positive",
            "words": "4",
            "unknown_words": "1",
        }
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 30", "-5", "@SUM(A1)", '=HYPERLINK("x")', "＝1+1", "\t=1", "\r=1", "\n=1"]
)
def test_what_a_spreadsheet_would_calculate_begins_with_an_apostrophe(text):
    assert rows(Verdict(text, None, 0.5, 1, 0))[0]["text"] == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", "'=1", "5-3", "1+1", "“=", "(=1)"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert rows(Verdict(text, None, 0.5, 1, 0))[0]["text"] == text


@given(st.lists(st.tuples(WRITTEN, st.sampled_from([None, 0, 1])), min_size=1, max_size=8))
def test_the_file_can_be_judged_again(texts):
    made = [Verdict(text, label, 0.25, 1, 0) for text, label in texts]
    read = texts_in_table(decode(verdicts_csv(made), "x"), "x")
    assert read.labels == tuple(label for _, label in texts)
    assert [text.removeprefix("'") for text in read.texts] == [
        text.removeprefix("'") for text, _ in texts
    ]
    assert all(text[0] not in "=+-@" for text in read.texts)


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.03, "97% negative"),
        (0.0, "100% negative"),
        (0.494, "51% negative"),
        (0.4951, "50% positive"),
        (0.5, "50% positive"),
        (0.97, "97% positive"),
    ],
)
def test_a_verdict_is_said_by_what_is_more_probable(probability, said):
    assert in_percent(probability) == said
