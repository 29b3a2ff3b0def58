"""Text to tokens and ids; what a text of one's own must have; how a typed sentence is read."""

import pickle
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.language.corpus import OwnText, grammar, grammar_corpus, text_corpus
from rnnlab.language.generation import read_prompt
from rnnlab.language.tokenizer import (
    END,
    UNKNOWN,
    Dictionary,
    join_tokens,
    lines_of_characters,
    longest_words,
    sentences_of_words,
    tokenize,
    words,
)

TINY = Dictionary(("bus", "broke", "down"))
STORY = "The old king sat down. He saw the sea! Was it blue?\n"


def test_ids_begin_after_the_two_special_ones():
    assert TINY.ids(["down", "bus", "train"]).tolist() == [4, 2, UNKNOWN]
    assert TINY.words_of([2, END, UNKNOWN]) == ["bus", "⏎", "<unknown>"]
    assert TINY.size == 5
    with pytest.raises(IndexError):
        TINY.word(5)


def test_words_that_are_spelt_alike_are_offered_the_best_first():
    assert TINY.nearest("brok") == ["broke"]
    assert TINY.nearest("xyz") == []


def test_words_signs_and_apostrophes_stand_alone_and_chinese_signs_too():
    assert words("It’s late, isn't it?") == ["it's", "late", ",", "isn't", "it", "?"]
    assert words("我爱RNN。") == ["我", "爱", "rnn", "。"]


def test_sentences_end_with_a_closing_sign_a_paragraph_or_their_sixtieth_word():
    assert [len(tokens) for tokens in sentences_of_words(STORY)] == [6, 5, 4]
    assert sentences_of_words("no end\nhere\n\nbut here")[0] == ["no", "end", "here"]
    assert sentences_of_words("Really?! Yes.") == [["really", "?", "!"], ["yes", "."]]
    assert [len(tokens) for tokens in sentences_of_words("word " * 130)] == [60, 60, 10]
    assert lines_of_characters("ab\n\n c \n") == [["a", "b"], [" ", "c"]]
    assert sentences_of_words("one\ntwo of\n") == [["one"], ["two", "of"]]


@given(st.text(max_size=200))
def test_any_text_can_be_cut_and_nothing_but_space_is_lost(text):
    assert "".join(words(text)) == re.sub(r"\s", "", "".join(words(text)))
    assert all(0 < len(tokens) <= 60 for tokens in sentences_of_words(text))


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_every_sentence_of_a_grammar_is_read_as_it_was_said_even_without_spaces(name):
    dictionary = grammar(name).dictionary
    stream = grammar(name).sample(np.random.default_rng(5), 200)
    for ids in np.split(stream, np.flatnonzero(stream == END) + 1)[:-1]:
        sentence = dictionary.words_of(ids[:-1])
        assert tokenize(" ".join(sentence), dictionary) == sentence
        if name == "chinese":
            assert longest_words("".join(sentence), dictionary) == sentence


def test_a_sign_that_no_word_of_the_dictionary_begins_with_is_a_word_of_its_own():
    assert longest_words("我 x狗?", Dictionary(("我", "狗"))) == ["我", "x", "狗", "?"]


def test_tokens_are_joined_with_spaces_unless_they_are_characters():
    assert join_tokens(["a", "b"]) == "a b"
    assert join_tokens(["a", "b"], "characters") == "ab"


def test_a_text_too_small_or_too_large_is_refused_with_its_own_numbers():
    with pytest.raises(SettingError, match=r"needs at least 2,000 words.*“mine” has 15 in 3"):
        OwnText("mine", STORY)
    with pytest.raises(SettingError, match=r"at most 2 MB, but “mine” has 2\.8"):
        OwnText("mine", STORY * 53_000)


def test_of_ten_sentences_eight_are_learnt_from_and_rare_words_are_unknown():
    text = "".join(f"It is day {n // 10} and word{n} came. " for n in range(400))
    corpus = text_corpus(OwnText("days", text))
    streams = (corpus.training, corpus.validation, corpus.test)
    assert [int((stream == END).sum()) for stream in streams] == [320, 40, 40]
    assert "word5" not in corpus.dictionary.words  # it came once
    assert set(corpus.dictionary.words) >= {"it", "day", "came", "."}
    assert int((corpus.test == UNKNOWN).sum()) == 40  # word9, word19, …


def test_characters_are_words_of_one_letter():
    text = OwnText("letters", "abc abd\n" * 400, "characters")
    assert sorted(text_corpus(text).dictionary.words) == [" ", "a", "b", "c", "d"]
    assert text.n_tokens == 400 * 7


def test_a_text_travels_as_itself_and_not_cut_into_words():
    text = OwnText("story", STORY * 1000)
    assert len(pickle.dumps(text)) < 1.01 * len(text.text)
    assert pickle.loads(pickle.dumps(text)).sentences == text.sentences


def test_what_a_grammar_s_network_is_tested_on_depends_on_no_seed():
    corpus, other = (grammar_corpus("chinese", 1000, seed) for seed in (1, 2))
    assert corpus.test.tolist() == other.test.tolist() != corpus.validation.tolist()
    assert corpus.training.tolist() != other.training.tolist()


def test_a_typed_sentence_is_read_up_to_the_first_unknown_word_of_a_grammar():
    corpus = grammar_corpus("english", 1000, 1)
    prompt = read_prompt("She was late for schol because", corpus)
    assert prompt.words == ("she", "was", "late", "for")
    assert (prompt.unknown, prompt.nearest[0]) == ("schol", "school")
    wrong = read_prompt("she were late", corpus)
    assert (wrong.words, wrong.ungrammatical) == (("she", "were", "late"), "were")
    assert read_prompt("", corpus).ids == ()


def test_a_text_of_ones_own_has_an_id_for_unknown_words():
    prompt = read_prompt("the quick king", text_corpus(OwnText("story", STORY * 140)))
    assert prompt.ids[1] == UNKNOWN
    assert prompt.unknown == "quick"


def test_a_few_closing_signs_do_not_join_the_lines_of_a_poem():
    lines = [f"the {word} of the sea went on and on" for word in "abcdef" * 20]
    plain = "\n".join(lines)
    assert len(sentences_of_words(plain)) == 120
    for text in (f"A Title\n\n{plain}", f"{plain}.", plain.replace("on and on", "on!", 1)):
        sentences = sentences_of_words(text)
        assert len(sentences) in (120, 121)
        assert max(map(len, sentences)) <= 10
    wrapped = ". ".join(lines).replace(" of ", "\nof ")
    assert {len(sentence) for sentence in sentences_of_words(wrapped)} == {9, 10}
