"""Bytes as text: in the encodings and languages of people, or refused with a sentence."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.errors import FileError
from rnnlab.files.decoding import Decoded, decode
from rnnlab.files.plausibility import ENCODINGS
from tests.files.sentences import CODECS, SENTENCES

WRITTEN = [(language, codec) for language in SENTENCES for codec in CODECS[language]]
CALLED = {encoding.codec: name for name, encoding in ENCODINGS.items()} | {
    "big5": "Big5",
    "shift_jis": "Shift-JIS",
    "euc_kr": "EUC-KR",
}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def told(read: Decoded) -> bool:
    return read.notice == f"'x': read as {read.encoding}; look whether its letters are right."


@pytest.mark.parametrize(("language", "codec"), WRITTEN)
def test_three_sentences_come_back_equal_and_the_encoding_is_told(language, codec):
    text = "\r\n".join(SENTENCES[language])
    read = decode(text.encode(codec), "x")
    assert read.text == text
    assert told(read)
    assert read.encoding not in read.others


@pytest.mark.parametrize(("language", "codec"), WRITTEN)
def test_one_sentence_among_plain_english_comes_back_equal(language, codec):
    rows = ["The quick brown fox, 12.5\n" * 20] * 2
    sentences = [s for s in SENTENCES[language] if not s.isascii()]
    wrong = [
        sentence
        for sentence in sentences
        if decode(sentence.join(rows).encode(codec), "x").text != sentence.join(rows)
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("sign", "codec"),
    [
        (sign, codec)
        for codec in ("cp1252", "mac_roman", "cp850", "iso8859_15")
        for sign in ("€", "£", "°C", "° F", "\u00a0", "")
        if (sign, codec) != ("€", "cp850")
    ],
)
def test_signs_at_numbers_tell_the_encoding(sign, codec):
    numbers = [700 + 17.25 * t for t in range(60)]
    for text in (
        "".join(f"{number:,.2f} {sign}\n".replace(",", "\u00a0") for number in numbers),
        "".join(f'"{sign.strip("°CF ")}{number:,.2f}"\n' for number in numbers),
        "".join(f"{number:.2f}{sign}\n".replace(".", ",") for number in numbers),
    ):
        assert decode(text.encode(codec), "x").text == text


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("codec", UNICODE)
def test_unicode_comes_back_equal_with_and_without_a_mark(language, codec):
    text = "\n".join(SENTENCES[language]) + "\n"
    read = decode(text.encode(codec), "x")
    assert read.text == text
    assert (read.notice is None) == codec.startswith("utf-8")
    assert told(read) == (not codec.startswith("utf-8"))
    if codec in MARKS:
        assert decode(MARKS[codec] + text.encode(codec), "x").text == text


@given(
    written=st.sampled_from(WRITTEN),
    order=st.lists(st.integers(0, 2), min_size=3, max_size=12),
    end=st.sampled_from(["\n", "\r\n", "\r", " "]),
)
def test_texts_of_all_lengths_come_back_equal_or_told(written, order, end):
    language, codec = written
    text = end.join(SENTENCES[language][k] for k in order)
    read = decode(text.encode(codec), "x")
    assert read.text == text or told(read)
    if {*order} == {0, 1, 2}:
        assert read.text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("We can’t stay.", "cp1252"),
        ("That’s my dog, isn’t it? It won’t bite.", "cp1252"),
        ("Full of clichés", "cp1252"),
        ("Müller", "cp1252"),
        ("Zürich;21,5\nGenève;22,0\n", "cp1252"),
        ("Preis in €\n12\n", "cp1252"),
        ("text,label\nGrüße aus Köln,1\n", "cp1252"),
        ("Temperatur in °C", "cp1252"),
    ],
)
def test_a_few_western_letters_are_never_chinese(text, codec):
    read = decode(text.encode(codec), "x")
    assert (read.text, read.encoding) == (text, "Windows-1252")


@pytest.mark.parametrize(
    ("language", "codec"), [("Japanese", "shift_jis"), ("traditional Chinese", "big5")]
)
def test_the_likeliest_others_are_offered_and_can_be_chosen(language, codec):
    content = "\n".join(SENTENCES[language]).encode(codec)
    read = decode(content, "x")
    assert read.encoding == CALLED[codec]
    assert 1 <= len(read.others) <= 6
    for other in read.others:
        chosen = decode(content, "x", other)
        assert chosen.encoding == other
        assert chosen.text == content.decode(ENCODINGS[other].codec)
        assert told(chosen)
        assert read.encoding in chosen.others
    assert decode(content, "x", read.encoding) == read


def test_an_encoding_that_nobody_knows_is_refused():
    with pytest.raises(
        FileError, match=r"^'EBCDIC' is no encoding that the lab reads; it reads UTF"
    ):
        decode("é".encode("cp1252"), "x", "EBCDIC")


def test_a_broken_place_in_utf_8_is_shown_and_told():
    text = "Grüße aus Köln, schöne Züge, süße Äpfel. " * 3
    read = decode(text.encode() + b"\xc3", "x")
    assert (read.text, read.encoding) == (text + "�", "UTF-8")
    assert read.notice == (
        "'x': read as UTF-8; 1 broken place was shown as �; look whether its letters are right."
    )


def test_a_broken_place_far_behind_does_not_change_the_encoding():
    text = "\n".join(SENTENCES["simplified Chinese"] * 2_000)
    read = decode(text.encode("gb18030") + b"\xff\n", "x")
    assert (read.text, read.encoding) == (text + "�\n", "GB18030")
    assert "1 broken place was shown" in (read.notice or "")


def test_a_few_control_characters_are_left_out_and_told():
    read = decode(b"a" * 400 + b"\0b\x07c\x1a", "x")  # the last one ends files of DOS
    assert read.text == "a" * 400 + "bc"
    assert read.notice == (
        "'x': read as UTF-8; 2 control characters were left out; look whether its letters are "
        "right."
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04rest", "a ZIP archive or an Excel workbook"),
        (b"%PDF-1.7 rest", "a PDF"),
        (b"\xd0\xcf\x11\xe0rest", "an old Excel or Word file"),
    ],
)
def test_files_that_people_take_for_text_are_called_by_name(content, kind):
    with pytest.raises(FileError, match=f"^'x' is {kind}, not a text file; save what it shows as"):
        decode(content, "x")


@pytest.mark.parametrize(
    "content", [bytes(400), b"a\0b", bytes(range(256)), b"\x00\x00\x80\x3f" * 90]
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(
        FileError, match=r"^'x' is not a text file: [\d,]+ of its [\d,]+ characters"
    ):
        decode(content, "x")


def test_nothing_is_an_empty_text():
    assert decode(b"", "x") == Decoded("")


@settings(max_examples=300)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_a_text_or_refused(content):
    try:
        read = decode(content, "x")
    except FileError as error:
        sentence = str(error)
    else:
        _check_reading(content, read)
        return
    assert sentence.startswith("'x' is ")


def _check_reading(content: bytes, read: Decoded) -> None:
    try:
        plain = content.decode("utf-8")
    except UnicodeDecodeError:
        plain = None
    bare = (plain or "").removeprefix("\ufeff").removesuffix("\x1a")
    assert read.text in (plain, bare) or read.notice is not None
    for other in read.others:
        assert decode(content, "x", other).encoding == other
