"""Reviews as people bring them: each file is read as it was meant."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.errors import LabError
from rnnlab.sentiment.files.reviews import Reviews
from rnnlab.sentiment.files.sources import Upload, uploaded_text
from rnnlab.sentiment.files.table import texts_in_table
from tests.files.people import case
from tests.files.sentences import CODECS, SENTENCES


def read(name: str) -> Reviews:
    return Upload.of(case(name), name).reviews


def read_text(content: str | bytes) -> Reviews:
    content = content if isinstance(content, bytes) else content.encode()
    return Upload.of(content, "x.csv").reviews


@pytest.mark.parametrize(
    ("name", "first"),
    [
        (
            "B1_labeledTrainData.tsv",
            'A warm and clever film, or as my aunt says "see it, please". Bye.<br /><br />Ok.',
        ),
        ("B1b_backslash_quotes.csv", 'A warm and clever film, "really", yes'),
        ("B4_sst.tsv", "a warm and clever film"),
        ("B8_float_labels.csv", "A warm and clever film"),
    ],
)
def test_eight_reviews_are_read_whole_with_their_labels(name, first):
    reviews = read(name)
    assert reviews.texts[0] == first
    assert reviews.labels == (1,) * 4 + (0,) * 4
    assert reviews.notices == ()


def test_reviews_in_another_language_say_so_at_once():
    known = "0 of 540 words are known: these models read English."
    assert read("B2_waimai.csv").notices == (known,)
    decoded = uploaded_text(case("B2_waimai.csv"), "x")
    assert texts_in_table(decoded, "x").notices == (known,)


@pytest.mark.parametrize(
    "name", ["B9_duplicates_coin_labels.csv", "B9b_no_duplicates_coin_labels.csv"]
)
def test_coin_flips_are_read_as_they_are(name):
    reviews = read(name)
    assert len(reviews) == 800
    assert len({*reviews.texts}) == (400 if "no" not in name else 800)


GOOD, BAD = "I would see this film twice, or more", 'A film that never ends; "dull" is no word'


@pytest.mark.parametrize(
    "content",
    [
        f"{GOOD}\t1\n{BAD}\t0\n",
        f'"0","1467","Mon Apr 06","NO_QUERY","joe","{BAD.replace(chr(34), chr(39))}"\n'
        f'"4","1468","Mon Apr 06","NO_QUERY","ann","{GOOD}"\n',
        f"{GOOD}|positive\n{BAD}|negative\n",
        f"__label__2 {GOOD}\n__label__1 {BAD}\n",
        f"__label__positive {GOOD}\n__label__negative {BAD}\n",
        f"id\treview_text\tstar_rating\n1\t{GOOD}\t5\n2\t{BAD}\t1\n",
        f"reviewText|overall\n{GOOD}|4.5\n{BAD}|2.0\n",
        f"airline_sentiment_confidence\tairline_sentiment\ttext\n1\tpositive\t{GOOD}\n1\tnegative\t{BAD}\n",
        f"sep=;\nsentence;polarity\n{GOOD};1\n'{BAD.replace(';', ',')}';-1\n",
        f"Content\tTarget\n{GOOD}\tTrue\n{BAD}\tFalse\n",
    ],
)
def test_forms_that_are_handed_around_are_read(content):
    reviews = read_text(content)
    by_label = dict(zip(reviews.labels, reviews.texts, strict=True))
    assert by_label[1] == GOOD
    assert by_label[0].startswith(("A film that never ends", "'A film that never ends"))


@settings(max_examples=200)
@given(
    written=st.sampled_from([(lang, codec) for lang in SENTENCES for codec in CODECS[lang]]),
    order=st.lists(st.integers(0, 2), min_size=2, max_size=12),
    separator=st.sampled_from(",;\t"),
    flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=3),
)
def test_no_file_is_changed_without_a_word(written, order, separator, flips):
    """Bytes of a table in twelve encodings are replaced by others: a value, or a sentence."""
    language, codec = written
    texts = [SENTENCES[language][k] for k in order]
    file = io.StringIO(newline="")
    rows = [("text", "label"), *((text, k % 2) for k, text in enumerate(texts))]
    csv.writer(file, delimiter=separator).writerows(rows)
    content = bytearray(file.getvalue().encode(codec))
    for place, value in flips:
        content[place % len(content)] = value
    try:
        reviews = read_text(bytes(content))
    except LabError:
        return
    if not flips:
        told = any("read as" in notice for notice in reviews.notices)
        assert list(reviews.texts) == texts or told
        assert reviews.labels == tuple(k % 2 for k in range(len(texts)))


def test_an_encoding_can_be_chosen_for_reviews():
    content = "text,label\nThe café isn’t far,1\nDull,0\n".encode("cp1252")
    upload = Upload.of(content, "x.csv", "Mac Roman")
    assert upload.reviews.texts[0] == "The cafÈ isnít far"
    assert upload != Upload.of(content, "x.csv")


def test_chinese_reviews_in_another_encoding_are_told_twice():
    content = case("B2_waimai.csv").decode().encode("gb18030")
    reviews = read_text(content)
    assert reviews.texts == read("B2_waimai.csv").texts
    assert reviews.notices == (
        "'x.csv': read as GB18030; look whether its letters are right.",
        "0 of 540 words are known: these models read English.",
    )
