"""The file of verdicts: read back as it was, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.many import Judged
from rnnlab.sentiment.texts import texts_in_table
from rnnlab.sentiment.verdicts_csv import verdicts_csv

WRITTEN = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)
WRITTEN = WRITTEN.map(str.strip).filter(bool)


def rows(*judged: Judged) -> list[dict[str, str]]:
    written = verdicts_csv(judged).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(written, newline="")))


def test_a_row_has_the_verdict_in_number_and_words():
    assert rows(Judged("Fine, I’d say", 0, 0.87654, 4, 1)) == [
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
    assert rows(Judged(text, None, 0.5, 1, 0))[0]["text"] == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", "'=1", "5-3", "1+1", "“=", "(=1)"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert rows(Judged(text, None, 0.5, 1, 0))[0]["text"] == text


@given(st.lists(st.tuples(WRITTEN, st.sampled_from([None, 0, 1])), min_size=1, max_size=8))
def test_the_file_can_be_judged_again(texts):
    judged = [Judged(text, label, 0.25, 1, 0) for text, label in texts]
    found = texts_in_table(verdicts_csv(judged), "x")
    assert found.labels == tuple(label for _, label in texts)
    assert [text.removeprefix("'") for text in found.texts] == [
        text.removeprefix("'") for text, _ in texts
    ]
    assert all(text[0] not in "=+-@" for text in found.texts)
