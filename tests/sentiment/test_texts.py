"""Texts to judge as people give them: lines, rows of a spreadsheet, tables with a hole."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.reviews import ReviewsError
from rnnlab.sentiment.texts import (
    MOST_TEXTS,
    Texts,
    example_texts,
    pasted_texts,
    texts_in_table,
    uploaded_texts,
)


def read(content: str) -> Texts:
    return texts_in_table(content.encode(), "x.csv")


@pytest.mark.parametrize(
    ("content", "labels"),
    [
        ("text\nA fine film\nDull\n", (None, None)),
        ("id,review\n1,A fine film\n2,Dull\n", (None, None)),
        ("text,label\nA fine film,\nDull,neg\n", (None, 0)),
        ("text;label\nA fine film;1\nDull; \n", (1, None)),
        ("label\ttext\npositive\tA fine film\nPOS\tDull\n", (1, 1)),
    ],
)
def test_labels_may_be_missing_and_may_be_alike(content, labels):
    assert read(content) == Texts(("A fine film", "Dull"), labels, "x.csv")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "'x.csv' is empty; give a table with a column text, and label if it is known."),
        ("text,label\n", "'x.csv' has no texts; write some below its first line."),
        ("A fine film\nDull\n", "The first line of 'x.csv' is 'A fine film', but it must name a"),
        ("text,label\nFine,5\n", "Line 2 of 'x.csv' has the label '5'; write 0, neg or negative,"),
        ("text\nFine\nSlow, but fine\n", "Line 3 of 'x.csv' has 2 cells, but the first line has 1"),
        ("text,label\nFine,1\n ,0\n", "Line 3 of 'x.csv' has no text; write a review there, or"),
        ('text\n"No end\n', "The row that begins in line 2 of 'x.csv' cannot be read: close its"),
        ("text\n" + "a\n" * (MOST_TEXTS + 1), "'x.csv' has more than 2,000 reviews, which is the"),
    ],
)
def test_a_table_that_cannot_be_judged_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(ReviewsError) as refusal:
        read(content)
    assert sentence in str(refusal.value)


def test_as_many_texts_as_may_be_are_taken():
    assert len(read("text\n" + "a\n" * MOST_TEXTS)) == MOST_TEXTS
    assert len(pasted_texts("a\n" * MOST_TEXTS)) == MOST_TEXTS


def test_a_packed_table_is_unpacked_but_not_if_it_is_too_large():
    assert uploaded_texts(gzip.compress(b"text\nFine\n"), "x.gz").texts == ("Fine",)
    with pytest.raises(ReviewsError, match="is larger than 5 MB"):
        uploaded_texts(gzip.compress(b"text\n" + b"a" * 5_000_000), "x.gz")


def test_other_encodings_are_told():
    found = texts_in_table("text\nFull of clichés\n".encode("cp1252"), "x.csv")
    assert found.texts == ("Full of clichés",)
    assert "Line 2 of 'x.csv' is not UTF-8" in found.notices[0]


def test_each_pasted_line_is_a_text():
    found = pasted_texts('  Slow, but fine\r\n\r\n\t\n"Good," he said\rtext\nx\u2028y')
    assert found == Texts(
        ("Slow, but fine", '"Good," he said', "text", "x\u2028y"), (None,) * 4, "your lines"
    )


def test_rows_copied_out_of_a_spreadsheet_are_a_table():
    found = pasted_texts("Text\tLabel\nSlow, but fine\tpos\nDull\t0\n")
    assert (found.texts, found.labels) == (("Slow, but fine", "Dull"), (1, 0))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "There is no text yet; write one a line."),
        (" \n\t\r\n", "There is no text yet; write one a line."),
        ("a\n" * (MOST_TEXTS + 1), "'your lines' has more than 2,000 reviews, which is the most"),
        ("a\n" + "y" * 50_001, "Line 2 of 'your lines' has a text of 50,001 characters, but a"),
        ("é" * 2_500_001, "'your lines' is larger than 5 MB"),
        ("text,label\nFine,5", "Line 2 of 'your lines' has the label '5'; write 0, neg or"),
    ],
)
def test_lines_that_cannot_be_judged_are_refused_in_a_sentence(typed, sentence):
    with pytest.raises(ReviewsError) as refusal:
        pasted_texts(typed)
    assert sentence in str(refusal.value)


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_texts_or_refused(typed):
    for one in (typed, f"text,label\n{typed}"):
        try:
            found = pasted_texts(one)
        except ReviewsError:
            continue
        assert len(found.texts) == len(found.labels) > 0
        assert all(text == text.strip() != "" for text in found.texts)


@given(st.binary(max_size=300))
def test_whatever_is_uploaded_is_texts_or_refused(content):
    for one in (content, b"text\n" + content, b"text,label\n" + content):
        try:
            found = uploaded_texts(one, "x")
        except ReviewsError:
            continue
        assert len(found.texts) == len(found.labels) > 0


def test_the_examples_can_be_pasted_and_uploaded():
    found = pasted_texts(example_texts())
    assert len(found) == 10
    assert set(found.labels) == {0, 1}
    assert uploaded_texts(example_texts().encode(), "your lines") == found
