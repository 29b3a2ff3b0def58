"""Sayings: the list, what is made of it, and that no text of a test is learnt by heart."""

import csv
from pathlib import Path

import numpy as np

from rnnlab.makers.sentiment.made_phrases import THINGS, PlainWords
from rnnlab.makers.sentiment.sayings import SAYINGS, TARGETS, WORDS, made_sayings, with_words
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, Vocabulary, words

PLAIN = PlainWords({kind: (["dull"], ["funny"]) for kind in ("adjective", "verb", "noun")})
PLACES = ("{thing}", "{good}", "{bad}")


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_saying_says_one_thing_and_has_places_that_can_be_filled():
    sayings = [row["saying"] for row in rows(SAYINGS)]
    assert len({*sayings}) == len(sayings) > 400
    assert {row["effect"] for row in rows(SAYINGS)} == {*TARGETS}
    for saying in sayings:
        assert all(word in PLACES or "{" not in word for word in saying.split())
        assert saying == saying.lower()


def test_no_text_that_a_model_is_judged_by_is_a_saying():
    held_back = {
        tuple(words(row["text"]))
        for name in ("typed_texts", "short_texts", "development_texts")
        for row in rows(Path(__file__).parents[1] / "sentiment" / f"{name}.tsv")
    }
    assert held_back.isdisjoint(tuple(words(row["saying"])) for row in rows(SAYINGS))


def test_all_words_are_known():
    """An unknown word would teach what "unknown" says: all of them have one number."""
    known = {*Vocabulary.of(LARGEST_VOCABULARY).words}
    assert known.issuperset(word for row in rows(WORDS) for word in row["words"].split())
    plain = [word for row in rows(SAYINGS) for word in row["saying"].split() if word not in PLACES]
    assert known.issuperset(word for text in plain for word in words(text))


def test_words_stand_once_and_on_one_side():
    listed = [word for row in rows(WORDS) for word in row["words"].split()]
    assert len({*listed}) == len(listed) > 200
    plain = with_words(PLAIN)
    bad, good = plain.by_kind["adjective"]
    assert ("bland" in bad, "bland" in good, "dull" in bad) == (True, False, True)
    assert ("crisp" in good, "funny" in good) == (True, True)
    assert "recommend" in plain.by_kind["verb"][1]
    assert PLAIN.by_kind["noun"] == (["dull"], ["funny"])


def test_sayings_keep_what_they_say_whatever_stands_in_their_places():
    listed = {row["saying"]: TARGETS[row["effect"]] for row in rows(SAYINGS)}
    made = made_sayings(PLAIN, 20_000, np.random.default_rng(1))
    assert not any("{" in word for text in made for word in text)
    plain = [saying for saying in listed if "{" not in saying]
    alone = [saying for saying in plain if tuple(saying.split()) in made]
    assert len(alone) > 0.9 * len(plain)
    assert all(made[tuple(saying.split())] == listed[saying] for saying in alone)
    with_thing = next(saying for saying in listed if saying.endswith(" {thing}"))
    start = tuple(with_thing.split()[:-1])
    found = [text for text in made if text[:-1] == start]
    assert {text[-1] for text in found} <= {*THINGS.split()}
    assert all(made[text] == listed[with_thing] for text in found)


def test_the_same_seed_makes_the_same():
    first, second = (made_sayings(PLAIN, 300, np.random.default_rng(3)) for _ in range(2))
    assert first == second
