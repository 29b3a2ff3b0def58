"""Tables of reviews and texts as people have them; those that cannot be read get a sentence."""

from __future__ import annotations

import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.examples import example_table
from rnnlab.sentiment.files.reviews import (
    LONGEST_REVIEW,
    MOST_REVIEWS,
    MOST_TEXTS,
    Reviews,
    ReviewsError,
    Texts,
)
from rnnlab.sentiment.files.sources import pasted_texts, uploaded_reviews, uploaded_texts
from rnnlab.sentiment.files.table import reviews_in_table, texts_in_table

HEADER = "text,label\n"
GOOD = "A fine film,1\n"
BAD = "Dull,0\n"
CLICHES = "text,label\nFull of clichés,0\nA fine film,1\n"
TEXTS = ("A fine film", "Dull")


def table(*rows: tuple[str, ...], separator: str = ",") -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows(rows)
    return written.getvalue()


def read(content: str | bytes) -> Reviews:
    return reviews_in_table(content if isinstance(content, bytes) else content.encode(), "x.csv")


@pytest.mark.parametrize(
    "content",
    [
        HEADER + GOOD + BAD,
        (HEADER + GOOD + BAD).replace(",", ";"),
        (HEADER + GOOD + BAD).replace(",", "\t"),
        (HEADER + GOOD + BAD).replace("\n", "\r\n"),
        (HEADER + GOOD + BAD).replace("\n", "\r"),
        "\n  \n" + HEADER + "\n" + GOOD + ",\n" + BAD + "\n\n",
        "Review , Sentiment\nA fine film, Positive \n  Dull ,NEGATIVE",
        "label,text\npos,A fine film\nneg,Dull\n",
        '"text","label"\n"A fine film","1"\n"Dull","0"\n',
        ",text,label,\n0,A fine film,1,\n1,Dull,0,\n",
        "\ttext\tlabel\n0\tA fine film\t1\n1\tDull\t0\n",
        "text,label\nA fine film,1,,\nDull,0,\n",
        ("\ufeff" + HEADER + GOOD + BAD).encode(),
        (HEADER + GOOD + BAD).encode("utf-16"),
        b"\xfe\xff" + (HEADER + GOOD + BAD).encode("utf-16-be"),
    ],
)
def test_a_table_as_people_have_it_is_read(content):
    assert read(content) == Reviews(TEXTS, (1, 0), "x.csv")


def test_a_text_in_quotation_marks_holds_anything():
    rows = [('He said "no", twice;\nin\ttwo lines<br />\r\n\x85\u2028.', "1"), ("Dull", "0")]
    assert read(table(("text", "label"), *rows)).texts == (rows[0][0], "Dull")


def test_a_column_says_which_film_a_review_is_about():
    reviews = read("film,text,label\nAlien,Fine,1\nJaws,Dull,0\n Alien,Good,1\n")
    assert reviews.films == ("Alien", "Jaws", "Alien")


@pytest.mark.parametrize(
    ("content", "text"),
    [(CLICHES.encode("cp1252"), "Full of clichés"), (b"label,text\n0,a\x8db\n1,c\n", "a\x8db")],
)
def test_what_is_not_utf_8_is_read_as_windows_wrote_it_and_it_is_said(content, text):
    reviews = read(content)
    assert reviews.texts[0] == text
    assert reviews.notices == (
        "Line 2 of 'x.csv' is not UTF-8, so all of it was read as Windows-1252: look whether "
        "accents are right, and if not, save it as UTF-8.",
    )


NUL = "has a NUL character, so this is not plain text; unpack archives, and save tables as CSV"
LABELLED = "; write 0, neg or negative, or 1, pos or positive."
CELLS = "put quotation marks around a text that holds a comma, semicolon, tab or line end."
NO_HEADER = "but it must name the columns text and label, with a comma, semicolon or tab between"
UNCLOSED = "cannot be read: close its quotation marks, write those inside its text twice, and"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "'x.csv' is empty; give a table with the columns text and label."),
        (" \n\r\n \n", "'x.csv' is empty; give a table with the columns text and label."),
        (HEADER, "'x.csv' has no reviews; give some of both kinds."),
        (GOOD + BAD, f"The first line of 'x.csv' is 'A fine film,1', {NO_HEADER}"),
        ("text,stars\na,1\n", f"The first line of 'x.csv' is 'text,stars', {NO_HEADER}"),
        ("text label\na 1\n", f"The first line of 'x.csv' is 'text label', {NO_HEADER}"),
        ("y" * 200_000, f"The first line of 'x.csv' is '{'y' * 40}', {NO_HEADER}"),
        (HEADER + GOOD * 2, "All 2 reviews of 'x.csv' are positive; add some negative ones, for"),
        (HEADER + BAD * 3, "All 3 reviews of 'x.csv' are negative; add some positive ones, for"),
        (HEADER + GOOD + "Odd,2\n", f"Line 3 of 'x.csv' has the label '2'{LABELLED}"),
        (HEADER + GOOD + "Odd,\n", f"Line 3 of 'x.csv' has the label ''{LABELLED}"),
        (
            HEADER + '"two\r\nlines",1\n\n\nOdd,' + "no" * 30,
            f"Line 6 of 'x.csv' has the label '{'no' * 20}'{LABELLED}",
        ),
        (
            HEADER + "Slow, but fine,1\n",
            f"Line 2 of 'x.csv' has 3 cells, but the first line has 2; {CELLS}",
        ),
        (
            HEADER + GOOD + "Slow\n",
            f"Line 3 of 'x.csv' has 1 cell, but the first line has 2; {CELLS}",
        ),
        (
            HEADER + GOOD + " ,0\n",
            "Line 3 of 'x.csv' has no text; write a review there, or leave it out.",
        ),
        (
            HEADER + GOOD + "y" * (LONGEST_REVIEW + 1) + ",0\n",
            "Line 3 of 'x.csv' has a text of 50,001 characters, but a review may have at most "
            "50,000; shorten it, or leave it out.",
        ),
        (
            HEADER + GOOD + '"No end,0\n' + BAD,
            f"The row that begins in line 3 of 'x.csv' {UNCLOSED}",
        ),
        (HEADER + '"A "fine" film",1\n', f"The row that begins in line 2 of 'x.csv' {UNCLOSED}"),
        (HEADER + GOOD + "y" * 200_000, f"The row that begins in line 3 of 'x.csv' {UNCLOSED}"),
        (HEADER + GOOD + "D\0ull,0\n", f"Line 3 of 'x.csv' {NUL}"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", f"Line 3 of 'x.csv' {NUL}"),
        (b"PK\x03\x04\x14\x00", f"Line 1 of 'x.csv' {NUL}"),
        ((HEADER + GOOD).encode("utf-16-le"), f"Line 1 of 'x.csv' {NUL}"),
        (
            (HEADER + GOOD).encode("utf-16") + b"\x00",
            "Line 3 of 'x.csv' is broken: it begins as UTF-16 and does not go on so; save it once",
        ),
        (
            HEADER + BAD * (MOST_REVIEWS + 1),
            "'x.csv' has more than 60,000 reviews, which is the most the lab takes; leave some out",
        ),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(ReviewsError) as refusal:
        read(content)
    assert sentence in str(refusal.value)


def is_fine_or_refused(content: bytes) -> bool:
    try:
        reviews = uploaded_reviews(content, "some")
    except ReviewsError:
        return False
    assert len(reviews.texts) == len(reviews.labels) == len(reviews)
    assert {*reviews.labels} == {0, 1}
    assert all(text == text.strip() != "" for text in reviews.texts)
    return True


@given(st.binary(max_size=300))
def test_any_bytes_are_reviews_or_refused(content):
    is_fine_or_refused(content)
    is_fine_or_refused(b"text,label\nA,1\nB,0\n" + content)
    is_fine_or_refused(b"\x1f\x8b" + content)
    is_fine_or_refused(gzip.compress(content))


@given(st.text('text,label01;"\n\r\t\0 é', max_size=200), st.sampled_from(["utf-8", "utf-16"]))
def test_any_scribble_is_reviews_or_refused(text, encoding):
    is_fine_or_refused(("text,label\nA,1\nB,0\n" + text).encode(encoding))


WRITTEN = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)
WRITTEN = WRITTEN.map(str.strip).filter(bool)


@given(
    st.lists(st.tuples(WRITTEN, st.booleans()), max_size=8),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
)
def test_reviews_that_a_table_writer_wrote_come_back_as_they_were(rows, separator, code, pack):
    rows = [*rows, ("Fine", True), ("Dull", False)]
    written = [(text, "01"[good]) for text, good in rows]
    content = table(("text", "label"), *written, separator=separator).encode(code)
    reviews = uploaded_reviews(gzip.compress(content) if pack else content, "x")
    assert reviews == Reviews(
        tuple(text for text, _ in rows), tuple(int(good) for _, good in rows), "x"
    )


def read_texts(content: str) -> Texts:
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
    assert read_texts(content) == Texts(("A fine film", "Dull"), labels, "x.csv")


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
        read_texts(content)
    assert sentence in str(refusal.value)


def test_as_many_texts_as_may_be_are_taken():
    assert len(read_texts("text\n" + "a\n" * MOST_TEXTS)) == MOST_TEXTS
    assert len(pasted_texts("a\n" * MOST_TEXTS)) == MOST_TEXTS


def test_a_packed_table_is_unpacked_but_not_if_it_is_too_large():
    assert uploaded_texts(gzip.compress(b"text\nFine\n"), "x.gz").texts == ("Fine",)
    with pytest.raises(ReviewsError, match="is larger than 5 MB"):
        uploaded_texts(gzip.compress(b"text\n" + b"a" * 5_000_000), "x.gz")


def test_other_encodings_are_told():
    texts = texts_in_table("text\nFull of clichés\n".encode("cp1252"), "x.csv")
    assert texts.texts == ("Full of clichés",)
    assert "Line 2 of 'x.csv' is not UTF-8" in texts.notices[0]


def test_each_pasted_line_is_a_text():
    texts = pasted_texts('  Slow, but fine\r\n\r\n\t\n"Good," he said\rtext\nx\u2028y')
    assert texts == Texts(
        ("Slow, but fine", '"Good," he said', "text", "x\u2028y"), (None,) * 4, "your lines"
    )


def test_rows_copied_out_of_a_spreadsheet_are_a_table():
    texts = pasted_texts("Text\tLabel\nSlow, but fine\tpos\nDull\t0\n")
    assert (texts.texts, texts.labels) == (("Slow, but fine", "Dull"), (1, 0))


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
    for given_text in (typed, f"text,label\n{typed}"):
        try:
            texts = pasted_texts(given_text)
        except ReviewsError:
            continue
        assert len(texts.texts) == len(texts.labels) > 0
        assert all(text == text.strip() != "" for text in texts.texts)


@given(st.binary(max_size=300))
def test_whatever_is_uploaded_is_texts_or_refused(content):
    for file in (content, b"text\n" + content, b"text,label\n" + content):
        try:
            texts = uploaded_texts(file, "x")
        except ReviewsError:
            continue
        assert len(texts.texts) == len(texts.labels) > 0


def test_the_examples_can_be_pasted_and_uploaded():
    texts = pasted_texts(example_table())
    assert len(texts) == 10
    assert set(texts.labels) == {0, 1}
    assert uploaded_texts(example_table().encode(), "your lines") == texts
