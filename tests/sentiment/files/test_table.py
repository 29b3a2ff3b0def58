"""Tables of reviews and texts as people have them; those that cannot be read get a sentence."""

from __future__ import annotations

import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import FileError
from rnnlab.sentiment.examples import example_table
from rnnlab.sentiment.files.escapes import plain_text
from rnnlab.sentiment.files.reviews import (
    LONGEST_REVIEW,
    MOST_REVIEWS,
    MOST_TEXTS,
    Reviews,
    Texts,
)
from rnnlab.sentiment.files.sources import Upload, pasted_texts, uploaded_text
from rnnlab.sentiment.files.table import texts_in_table

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
    return uploaded_reviews(content if isinstance(content, bytes) else content.encode(), "x.csv")


def uploaded_reviews(content: bytes, name: str) -> Reviews:
    return Upload.of(content, name).reviews


def uploaded_texts(content: bytes, name: str) -> Texts:
    return texts_in_table(uploaded_text(content, name), name)


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
    reviews = read(content)
    assert (reviews.texts, reviews.labels, reviews.films) == (TEXTS, (1, 0), None)
    assert not reviews.notices or "read as UTF-16" in reviews.notices[0]


def test_a_text_in_quotation_marks_holds_anything():
    rows = [('He said "no", twice;\nin\ttwo lines<br />\r\n\x85\u2028.', "1"), ("Dull", "0")]
    assert read(table(("text", "label"), *rows)).texts == (rows[0][0], "Dull")


def test_a_column_says_which_film_a_review_is_about():
    reviews = read("film,text,label\nAlien,Fine,1\nJaws,Dull,0\n Alien,Good,1\n")
    assert reviews.films == ("Alien", "Jaws", "Alien")


def test_another_encoding_is_told():
    reviews = read(CLICHES.encode("cp1252"))
    assert reviews.texts[0] == "Full of clichés"
    assert reviews.notices == (
        "'x.csv': read as Windows-1252; look whether its letters are right.",
    )


LABELLED = "; write 0, neg or negative, or 1, pos or positive."
CELLS = "put quotation marks around a text that holds a comma, semicolon, tab or line end."
NO_HEADER = "but it must name the columns text and label, with a comma, semicolon or tab between"
UNCLOSED = "has a quotation mark that is never closed; close it or take it out."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "'x.csv' is empty; give a table with the columns text and label."),
        (" \n\r\n \n", "'x.csv' is empty; give a table with the columns text and label."),
        (HEADER, "'x.csv' has no reviews; give some of both kinds."),
        ("A film,A day\n", f"The first line of 'x.csv' is 'A film,A day', {NO_HEADER}"),
        ("text,pages\na,1\n", f"The first line of 'x.csv' is 'text,pages', {NO_HEADER}"),
        ("text label\na 1\n", f"The first line of 'x.csv' is 'text label', {NO_HEADER}"),
        ("y" * 200_000, f"The first line of 'x.csv' is '{'y' * 40}', {NO_HEADER}"),
        (HEADER + GOOD * 2, "All 2 reviews of 'x.csv' are positive; add some negative ones, for"),
        (HEADER + BAD * 3, "All 3 reviews of 'x.csv' are negative; add some positive ones, for"),
        (HEADER + GOOD + "Odd,odd\n", f"Row 3 of 'x.csv' has the label 'odd'{LABELLED}"),
        (HEADER + GOOD + "Odd,\n", f"Row 3 of 'x.csv' has no label{LABELLED}"),
        (
            HEADER + '"two\r\nlines",1\n\n\nOdd,' + "no" * 30,
            f"Row 5 of 'x.csv' has the label '{'no' * 20}'{LABELLED}",
        ),
        (
            HEADER + GOOD + "Slow\n",
            f"Row 3 of 'x.csv' has 1 cell, but the first line has 2; {CELLS}",
        ),
        (
            HEADER + GOOD + "Slow,1,but,fine\n",
            f"Row 3 of 'x.csv' has 4 cells, but the first line has 2; {CELLS}",
        ),
        (
            HEADER + GOOD + " ,0\n",
            "Row 3 of 'x.csv' has no text; write a review there, or leave it out.",
        ),
        (
            HEADER + GOOD + "y" * (LONGEST_REVIEW + 1) + ",0\n",
            "Row 3 of 'x.csv' has a text of 50,001 characters, but a review may have at most "
            "50,000; shorten it, or leave it out.",
        ),
        (HEADER + '"Fine",1\n"No\nend,0\n', f"Row 3 of 'x.csv' {UNCLOSED}"),
        (
            HEADER + GOOD + "y" * 200_000,
            "Row 3 of 'x.csv' has a cell of more than 131,072 characters; shorten it.",
        ),
        (
            HEADER + (GOOD + "Odd,odd\n") * 120,
            "120 of the 240 rows of 'x.csv' cannot be used; the first, row 3, has the label 'odd': "
            "write 0, neg or negative",
        ),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "'x.csv' is a picture, not a text file; save what it shows"),
        (b"PK\x03\x04\x14\x00", "'x.csv' is a ZIP archive or an Excel workbook, not a text file"),
        (
            HEADER + BAD * (MOST_REVIEWS + 1),
            "'x.csv' has more than 60,000 reviews, which is the most the lab takes; leave some out",
        ),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(FileError) as refusal:
        read(content)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("rows", "notice"),
    [
        ("Odd,odd\n", "1 row is left out: row 402 has the label 'odd'."),
        (" ,0\n" * 30, "30 rows are left out: the first, row 402 has no text."),
        ("Dull\n", "1 row is left out: row 402 has 1 cell, but the first line has 2."),
    ],
)
def test_a_few_rows_that_cannot_be_used_are_left_out_and_counted(rows, notice):
    reviews = read(HEADER + (GOOD + BAD) * 200 + rows)
    assert len(reviews) == 400
    assert reviews.notices == (notice,)


def test_a_text_with_separators_but_no_quotation_marks_is_put_together_again():
    joined = "has separators in the text and no quotation marks; the text was put together again."
    reviews = read("label,text\n0,Slow, but fine\n1,Good\n")
    assert reviews.texts == ("Slow, but fine", "Good")
    assert reviews.notices == (f"1 row {joined}",)
    reviews = read("text;label;film\nA fine film;1;Jaws\nOh; dull; dull;0;Alien\n")
    assert reviews.texts == ("A fine film", "Oh; dull; dull")
    assert reviews.films == ("Jaws", "Alien")
    stars = "text,stars\nGrand,5\nDull,1\nSo, so,3\nFine, fine,4\n"
    assert read(stars).labels == (1, 0, 1)
    assert read(HEADER + GOOD + BAD + "It was, in 1999, odd,1\n").labels == (1, 0, 1)


def is_fine_or_refused(content: bytes) -> bool:
    try:
        reviews = uploaded_reviews(content, "some")
    except FileError:
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


# Control characters are no text, and escapes stand for something else.
WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1)
WRITTEN = WRITTEN.map(str.strip).filter(lambda text: text and plain_text(text) == text)


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
    assert reviews.texts == tuple(text for text, _ in rows)
    assert reviews.labels == tuple(int(good) for _, good in rows)


def read_texts(content: str) -> Texts:
    return uploaded_texts(content.encode(), "x.csv")


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
        (
            "text,label\nFine,odd\n",
            "Row 2 of 'x.csv' has the label 'odd'; write 0, neg or negative,",
        ),
        (
            "text,label\nA,7\nB,70\n",
            "Of the labels 7, 70 it is not clear which are positive; write 0, neg",
        ),
        ("text,label\nFine,1\n ,0\n", "Row 3 of 'x.csv' has no text; write a review there, or"),
        ("text\n" + "a\n" * (MOST_TEXTS + 1), "'x.csv' has more than 2,000 reviews, which is the"),
    ],
)
def test_a_table_that_cannot_be_judged_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(FileError) as refusal:
        read_texts(content)
    assert sentence in str(refusal.value)


def test_as_many_texts_as_may_be_are_taken():
    assert len(read_texts("text\n" + "a\n" * MOST_TEXTS)) == MOST_TEXTS
    assert len(pasted_texts("a\n" * MOST_TEXTS)) == MOST_TEXTS


def test_a_packed_table_is_unpacked_but_not_if_it_is_too_large():
    assert uploaded_texts(gzip.compress(b"text\nFine\n"), "x.gz").texts == ("Fine",)
    with pytest.raises(FileError, match="is larger than 5 MB"):
        uploaded_texts(gzip.compress(b"text\n" + b"a" * 5_000_000), "x.gz")


def test_other_encodings_are_told():
    texts = uploaded_texts("text\nFull of clichés\n".encode("cp1252"), "x.csv")
    assert texts.texts == ("Full of clichés",)
    assert "'x.csv': read as Windows-1252" in texts.notices[0]


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
        ("text,label\nFine,odd", "Row 2 of 'your lines' has the label 'odd'; write 0, neg or"),
    ],
)
def test_lines_that_cannot_be_judged_are_refused_in_a_sentence(typed, sentence):
    with pytest.raises(FileError) as refusal:
        pasted_texts(typed)
    assert sentence in str(refusal.value)


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_texts_or_refused(typed):
    for given_text in (typed, f"text,label\n{typed}"):
        try:
            texts = pasted_texts(given_text)
        except FileError:
            continue
        assert len(texts.texts) == len(texts.labels) > 0
        assert all(text == text.strip() != "" for text in texts.texts)


@given(st.binary(max_size=300))
def test_whatever_is_uploaded_is_texts_or_refused(content):
    for file in (content, b"text\n" + content, b"text,label\n" + content):
        try:
            texts = uploaded_texts(file, "x")
        except FileError:
            continue
        assert len(texts.texts) == len(texts.labels) > 0


def test_the_examples_can_be_pasted_and_uploaded():
    texts = pasted_texts(example_table())
    assert len(texts) == 10
    assert set(texts.labels) == {0, 1}
    assert uploaded_texts(example_table().encode(), "your lines") == texts
