"""Sheets to hand in: what a student writes is read again, and what was spoilt is said so."""

from __future__ import annotations

import csv
import html
import io
import random
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.board import LONGEST_SENTENCE, Answer
from rnnlab.board import sheet_file as files
from rnnlab.board.sheet_file import SheetFile, read_sheet, read_sheets
from rnnlab.charts.sheets_table import COLUMNS, sheets_csv, sheets_table
from rnnlab.errors import FileError
from rnnlab.files.formulas import FORMULAS
from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from tests.board.sheets import LINK, of_pair, sheet_of

PAIR = PRESETS["pair"].settings
OWN = Settings.of({"rule": "own", "expression": "x[t-4] or x[t-3]", "window": 6})
FEEDS = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=1+1", "'&quot;\\", "水 é")


class Tags(HTMLParser):
    """The tags of a document with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("name", PRESETS)
def test_a_sheet_of_every_question_is_read_as_it_was_written(name):
    settings = PRESETS[name].settings
    read = read_sheet(sheet_of(settings, 0.6, 0.3, sentence="Well.").encode())
    answer = Answer.of(settings, 0.3, "A part", 0.5, "Well.")
    assert read == SheetFile(settings, settings.updates, answer)


@given(st.text(st.characters(codec="utf-8"), max_size=LONGEST_SENTENCE))
def test_any_sentence_comes_back(sentence):
    read = read_sheet(of_pair(sentence).encode())
    assert read.answer.sentence == Answer.of(PAIR, 0.3, None, None, sentence).sentence


def test_a_rule_of_ones_own_comes_back():
    assert read_sheet(sheet_of(OWN, 0.5).encode()).settings == OWN


@pytest.mark.parametrize("text", FEEDS)
def test_what_was_typed_stands_in_it_as_text_alone(text):
    plain, spoilt = Tags(of_pair("Plain words")), Tags(of_pair(text))
    assert [tag for tag, _ in spoilt.tags] == [tag for tag, _ in plain.tags]
    assert text in spoilt.words


def test_it_holds_no_script_and_fetches_nothing():
    for tag, attributes in Tags(of_pair()).tags:
        assert tag not in {"script", "link", "img", "iframe", "object", "embed", "form"}
        assert not any(name.startswith("on") or name == "src" for name in attributes)
        assert attributes.get("href") in (None, LINK)
    assert not re.search(r"@import|url\(", of_pair())


def test_the_page_says_question_guess_numbers_and_settings():
    words = Tags(of_pair()).words
    for expected in (
        PRESETS["pair"].question,
        "It learns a part.",
        "The loss ends at 0.5.",
        "best possible: 0.3466",
        "It saw both flips.",
        f"Units {PAIR.units}",
        LINK,
    ):
        assert expected in words


def test_the_curve_lies_within_its_axes():
    text = sheet_of(PAIR, 5.0, 0.5, 0.01)
    (path,) = re.findall(r'class="curve" d="M([^"]*)"', text)
    places = [tuple(map(float, place.split(","))) for place in path.split("L")]
    assert len(places) == 3
    assert all(56 <= x <= 470 and 14 <= y <= 282 for x, y in places)
    assert places[0][1] < places[1][1] < places[2][1]


def test_a_thousand_spoilt_sheets_say_why_or_still_the_same():
    rng, good = random.Random(15), of_pair().encode()
    right, seen = read_sheet(good), {"the same": 0, "refused": 0}
    longest = 0
    begin = good.index(b"rnn-lab-sheet")
    for number in range(1000):
        data = bytearray(good)
        kind = number % 4
        if kind == 0:
            for _ in range(rng.randint(1, 20)):
                data[rng.randrange(len(data))] = rng.randrange(256)
        elif kind == 1:
            del data[rng.randrange(len(data)) :]
        elif kind == 2:  # within the block
            place = begin + rng.randrange(400)
            data[place : place + rng.randint(0, 3)] = rng.randbytes(rng.randint(1, 3))
        else:
            part = data[begin - 12 : begin + rng.randint(10, 500)]
            data[:0] = part * rng.randint(1, 4)
        try:
            assert read_sheet(bytes(data)) == right
            seen["the same"] += 1
        except FileError as error:
            longest = max(longest, len(str(error)))
            seen["refused"] += 1
    assert longest < 300
    assert min(seen.values()) > 100


def block(text: str) -> bytes:
    """A file with this as its block, with a right checksum."""
    written = f"{files.crc32(text.encode()):08x} {text}"
    return f'<meta name="rnn-lab-sheet" content="{html.escape(written)}">'.encode()


def changed(**values: object) -> bytes:
    """A sheet that somebody has written themselves, with other values."""
    good = files._values(files._BLOCK.findall(of_pair().encode())[0])
    return block(files.json.dumps(good | values))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no answer of the lab in it"),
        (b"x" * 300_001, "at most 300 kB"),
        (of_pair().encode() * 2, "more than one answer"),
        (of_pair().replace("0.3471", "0.3001", 1).encode(), "damaged or changed"),
        (block("[" * 5000), "damaged or changed"),
        (block("[]"), "another version"),
        (changed(version=2), "another version"),
        (changed(more=1), "not complete"),
        (changed(loss=float("nan")), "loss must lie"),
        (changed(loss="0.3"), "loss must be a number"),
        (changed(loss=10**400), "loss must lie"),
        (changed(guess="Everything"), "Nothing, A part, All there is"),
        (changed(sentence="a" * 500), "200 characters"),
        (changed(sentence=None), "must be a text"),
        (changed(updates=0), "1 to 1,000,000,000 updates"),
        (changed(updates=True), "settings are not there"),
        (changed(settings=None), "settings are not there"),
        (changed(settings="rule=nothing"), "no rule called"),
        (changed(settings="rule=pair&units=9999999"), "Units"),
        (changed(settings="rule=pair&" + "a=1&" * 100), "make no sense"),
        (changed(settings="rule=own&expression=" + "(" * 900), "cannot be used"),
        (changed(settings="rule=series"), "cannot be used"),
    ],
)
def test_each_kind_of_wrong_file_has_its_sentence(data, why):
    with pytest.raises(FileError, match=re.escape(why)):
        read_sheet(data)


def test_thirty_files_become_a_table_with_a_row_for_each():
    sheets = [(f"{number}.html", of_pair(f"I am {number}").encode()) for number in range(27)]
    more = [("copy.html", sheets[3][1]), ("cut.html", sheets[0][1][:500]), ("a.html", b"<script>")]
    rows = read_sheets([*sheets, *more])
    table = sheets_table(rows)
    assert len(table) == 30
    assert list(table["Loss"].dropna().unique()) == [0.3471]
    assert (table["Trouble"] != "").sum() == 3
    assert table["Trouble"].iloc[27] == "The same as 3.html."
    assert table["Question"].iloc[0] == PRESETS["pair"].question


def test_a_spreadsheet_calculates_nothing_of_what_a_student_wrote():
    names = ("=cmd|'/c calc'!A1.html", "+1.html", "@x.html", "＝1+1.html", "\n=1.html")
    rows = read_sheets([(name, of_pair("=1+1").encode()) for name in names])
    head, *cells = csv.reader(io.StringIO(sheets_csv(rows).decode("utf-8-sig")))
    assert tuple(head) == COLUMNS
    assert not any(cell.startswith(FORMULAS) for row in cells for cell in row)
    assert {row[COLUMNS.index("Sentence")] for row in cells} == {"'=1+1"}
