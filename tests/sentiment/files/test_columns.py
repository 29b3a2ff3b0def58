"""Which columns hold texts and labels where the names do not tell, and forms that are no tables."""

from __future__ import annotations

import csv
import io
import json
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import FileError
from rnnlab.sentiment.files.reviews import Reviews, Texts
from rnnlab.sentiment.files.sources import Upload, uploaded_text
from rnnlab.sentiment.files.table import texts_in_table

GOOD, BAD = "I would see it twice, or more", "A film that never ends"
PAIRS = [(f"{(BAD, GOOD)[k % 2]}. {k}", k % 2) for k in range(12)]
TEXTS, LABELS = zip(*PAIRS, strict=True)


def read(content: str | bytes) -> Reviews:
    return Upload.of(content if isinstance(content, bytes) else content.encode(), "x.csv").reviews


def read_texts(content: str) -> Texts:
    return texts_in_table(uploaded_text(content.encode(), "x.csv"), "x.csv")


def written(rows, *names: str, separator: str = ",") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows([names, *rows] if names else rows)
    return file.getvalue()


@pytest.mark.parametrize(
    ("names", "row"),
    [
        (("Review", "Liked"), lambda text, label: (text, label)),
        (("verified_reviews", "feedback"), lambda text, label: (text, label)),
        (("Kommentar", "Urteil"), lambda text, label: (text, ("negativ", "positiv")[label])),
        (("Urteil", "Kommentar"), lambda text, label: (("差评", "好评")[label], text)),
        (("text", "positive"), lambda text, label: (text, label)),
        (("headline", "user", "mood"), lambda text, label: (text, "ann", ("N", "P")[label])),
        (
            ("verified", "nr", "opinion", "said"),
            lambda text, label: (True, 7, text, ("Rotten", "Fresh")[label]),
        ),
        (
            ("review_score", "review_text", "kind"),
            lambda text, label: ("", text, ("👎", "👍")[label]),
        ),
    ],
)
@pytest.mark.parametrize("separator", ",;\t")
def test_columns_are_known_by_what_is_in_them_and_told(names, row, separator):
    content = written((row(*pair) for pair in PAIRS), *names, separator=separator)
    reviews = read(content)
    assert (reviews.texts, reviews.labels) == (TEXTS, LABELS)
    assert "was read as the text and" in reviews.notices[0]


@pytest.mark.parametrize("block", [False, True])
@pytest.mark.parametrize("names", [(), ("Kommentar", "Note")])
def test_labels_are_seen_wherever_they_stand(block, names):
    rows = [(k, k // 2000 if block else k % 2) for k in range(4000)]
    content = written(((f"A film, and its sentence {k}", label) for k, label in rows), *names)
    assert read(content).labels == tuple(label for _, label in rows)


def test_a_table_without_names_has_none_of_its_rows_left_out():
    rows = [(4 * y, 1467 + y, "Mon Apr 06 22:19 2009", "NO_QUERY", "ann", t) for t, y in PAIRS]
    assert read(written(rows)).texts == TEXTS
    assert read(written(rows[:2])).texts == TEXTS[:2]


def test_rows_that_are_numbered_and_names_that_are_not():
    content = "text\tlabel\n" + written(((k, *PAIRS[k]) for k in range(12)), separator="\t")
    assert (read(content).texts, read(content).labels) == (TEXTS, LABELS)


@pytest.mark.parametrize(
    "line",
    [
        "{0} {1}",
        "{1} {0}",
        "{0},{1}",
        "{1};{0}",
        "{0}: {1}",
        "__label__{0} {1}",
        "{1} __label__{0}",
    ],
)
def test_lines_of_a_label_and_a_text(line):
    reviews = read("\n".join(line.format("np"[y] if ":" in line else y, t) for t, y in PAIRS))
    assert (reviews.texts, reviews.labels) == (TEXTS, LABELS)


def test_a_quotation_mark_in_a_line_is_a_sign():
    lines = [f'__label__{y + 1} "{t}"' for t, y in PAIRS]
    assert read("\n".join(lines)).texts == tuple(f'"{text}"' for text in TEXTS)


@pytest.mark.parametrize(
    "content",
    [
        "".join(json.dumps({"stars": 5.0 if y else 1.0, "text": t}) + "\n" for t, y in PAIRS),
        "".join(json.dumps({"label": y, "review": t}) + "\r\n\n" for t, y in PAIRS),
        json.dumps([{"text": t, "label": bool(y), "x": None} for t, y in PAIRS], indent=2),
        json.dumps([{"urteil": "np"[y], "meinung": t} for t, y in PAIRS]),
    ],
)
def test_objects_of_json(content):
    reviews = read(content)
    assert (reviews.texts, reviews.labels) == (TEXTS, LABELS)
    assert (
        read_texts(content.replace("urteil", "label").replace("meinung", "text")).labels == LABELS
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"text": "a", "label": 1}\n\n{"text": "b', "but its line 3 is none"),
        ('[{"text": "a"}, 3]', "'x.csv' is JSON, but not a list of objects"),
        ('{"title": "a"}\n{"title": "b"}', "have the keys title, but they must have the keys text"),
        (json.dumps([{str(k): 1 for k in range(1001)}]), "have 1,001 different keys"),
        ('[{"a":' * 90_000, "begins as JSON, but its line 1 is none"),
        (written([(y + 1, t) for t, y in PAIRS]), "Of the labels 1, 2 it is not clear which"),
        (written([(y, t, 1 - y) for t, y in PAIRS], "a", "b", "c"), "it must name the columns"),
        (written([(y, t, t[::-1]) for t, y in PAIRS], "a", "b", "c"), "it must name the columns"),
        ("".join(f"{('bad', 'good')[y]}\t{y}\n" for _, y in PAIRS), "it must name the columns"),
    ],
)
def test_what_may_be_one_or_the_other_is_refused(content, sentence):
    with pytest.raises(FileError) as refusal:
        read(content)
    assert sentence in str(refusal.value)


def test_texts_to_judge_take_no_number_for_a_label_beside_other_columns():
    rows = [(t, y, k) for k, (t, y) in enumerate(PAIRS)]
    assert {*read_texts(written(rows, "text", "retweeted", "nr")).labels} == {None}
    assert read_texts(written(((t, y) for t, y in PAIRS), "text", "Liked")).labels == LABELS
    assert read_texts(written((f"{y}", t) for t, y in PAIRS)).labels == LABELS


def test_what_stands_for_other_signs_is_read_and_told():
    reviews = read(
        'text,label\n"It&#039;s &amp;quot;fine&quot;\\n\\nYes &amp; no; R&D; C:\\new",1\nDull,0\n'
    )
    assert reviews.texts[0] == 'It\'s "fine"\n\nYes & no; R&D; C:\\new'
    assert reviews.notices == (
        "1 row has signs such as &quot; or \\n; they were read as what they stand for.",
    )


def test_an_archive_is_named():
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("train/pos/1_9.txt"))
    with pytest.raises(FileError, match="is an archive of files, not a text file; unpack it"):
        read(file.getvalue())


@given(st.text('01,;\t "{}[]:ab\n&#;\\', max_size=120))
def test_any_scribble_without_names_is_reviews_or_refused(text):
    for content in (text, "{" + text, "0 a\n1 b\n" + text, "a,0\nb,1\n" + text):
        try:
            reviews = read(content)
        except FileError:
            continue
        assert {*reviews.labels} == {0, 1}
        assert all(text == text.strip() != "" for text in reviews.texts)
