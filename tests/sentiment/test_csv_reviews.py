"""Tables of reviews as people have them, and what is said of those that cannot be read."""

from __future__ import annotations

import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.csv_reviews import reviews_in_table
from rnnlab.sentiment.reviews import LONGEST_REVIEW, MOST_REVIEWS, Reviews, ReviewsError
from rnnlab.sentiment.sources import uploaded_reviews

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
    found = read("film,text,label\nAlien,Fine,1\nJaws,Dull,0\n Alien,Good,1\n")
    assert found.films == ("Alien", "Jaws", "Alien")


@pytest.mark.parametrize(
    ("content", "text"),
    [(CLICHES.encode("cp1252"), "Full of clichés"), (b"label,text\n0,a\x8db\n1,c\n", "a\x8db")],
)
def test_what_is_not_utf_8_is_read_as_windows_wrote_it_and_it_is_said(content, text):
    found = read(content)
    assert found.texts[0] == text
    assert found.notices == (
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
        found = uploaded_reviews(content, "some")
    except ReviewsError:
        return False
    assert len(found.texts) == len(found.labels) == len(found)
    assert {*found.labels} == {0, 1}
    assert all(text == text.strip() != "" for text in found.texts)
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
    found = uploaded_reviews(gzip.compress(content) if pack else content, "x")
    assert found == Reviews(
        tuple(text for text, _ in rows), tuple(int(good) for _, good in rows), "x"
    )
