"""Boards in memory: a class of a hundred, who counts once, what is seen by whom, and the limits."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from rnnlab.board import FEWEST, STAGES, Answer, MemoryBoards, Question, as_code
from rnnlab.board import memory as limits
from rnnlab.board.code import ALPHABET, LENGTH, new_code
from rnnlab.bounds import AMOUNTS
from rnnlab.errors import BoardError
from tests.board.made import Clock, answer, asked, step

COUNT, GUESSES, RESULTS = STAGES


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def boards(clock):
    return MemoryBoards(clock)


def filled(boards, n=FEWEST, **options):
    """A board with so many answers, its results shown."""
    keys = boards.open("teacher")
    for number in range(n):
        boards.hand_in(keys.code, f"student {number}", answer(**options))
    boards.show(keys.secret, RESULTS)
    return keys


def tally(boards, keys, place=0):
    return boards.seen_by_class(keys.code, "anybody").tallies[place]


def test_a_hundred_hand_in_at_once_and_each_counts_once(boards):
    keys = boards.open("teacher")
    boards.show(keys.secret, RESULTS)
    losses = {f"student {number}": 0.35 + number / 1000 for number in range(100)}

    def three_times(visitor):
        for loss in (0.6, 0.5, losses[visitor]):
            boards.hand_in(keys.code, visitor, answer(loss))
            boards.seen_by_class(keys.code, visitor)

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(three_times, losses))
    seen = tally(boards, keys)
    assert seen.n == 100
    assert seen.losses == tuple(sorted(losses.values()))
    assert seen.guesses == (0, 100, 0)
    assert seen.learnt == (0, 0, 100)


def test_the_latest_answer_of_a_visitor_counts_for_each_question(boards):
    keys = filled(boards)
    boards.hand_in(keys.code, "student 0", answer(0.6, guess=0))
    boards.hand_in(keys.code, "student 0", answer(0.01, name="echo"))
    pair, echo = boards.seen_by_class(keys.code, "x").tallies
    assert (pair.n, pair.guesses, max(pair.losses)) == (FEWEST, (1, FEWEST - 1, 0), 0.6)
    assert (echo.question, echo.n) == (asked("echo"), 1)


def test_a_guess_stays_when_the_same_question_is_trained_with_other_luck(boards):
    keys = filled(boards)
    later = Answer(asked(), 0.6, AMOUNTS[1])
    boards.hand_in(keys.code, "student 0", later)
    assert tally(boards, keys).guesses == (0, FEWEST, 0)
    assert max(tally(boards, keys).losses) == 0.6


def test_guesses_before_the_result_and_after_it_are_told_apart(boards):
    keys = filled(boards)
    boards.hand_in(keys.code, "late", replace(answer(), before=False))
    boards.hand_in(keys.code, "without", Answer(asked(), 0.35, AMOUNTS[2]))
    seen = tally(boards, keys)
    assert (seen.n, seen.before, seen.after) == (FEWEST + 2, FEWEST, 1)
    assert f"{FEWEST} guessed before the result, 1 after it." in seen.sentences
    boards.show(keys.secret, COUNT)
    assert (tally(boards, keys).before, tally(boards, keys).after) == (0, 0)


def test_guesses_of_a_lesson_stand_by_its_steps_and_what_is_right_comes_with_the_results(boards):
    keys = filled(boards)
    for number in (3, 1):
        for visitor in range(FEWEST):
            option, score = step(number).options[visitor % 2], 10 + visitor
            one = Answer(step(number), guess=option, score=score if number == 1 else None)
            boards.hand_in(keys.code, f"student {visitor}", one)
    first, third, run = boards.seen_by_class(keys.code, "x").tallies
    assert [t.question for t in (first, third, run)] == [step(1), step(3), asked()]
    assert (first.guesses, first.learnt, first.right) == ((3, 2, 0), (), step(1).right)
    assert (first.scores, third.scores) == ((10, 11, 12, 13, 14), ())
    assert "The score in the middle is 12." in " ".join(first.sentences)
    boards.show(keys.secret, GUESSES)
    first = tally(boards, keys)
    assert (first.guesses, first.right, first.scores) == ((3, 2, 0), "", ())


def test_nobody_reads_a_typed_question_before_the_teacher_has_nodded(boards):
    keys = boards.open("teacher")
    boards.show(keys.secret, RESULTS)
    typed = Question("Is it bad?", ("Very bad", "Bad"), typed=True)
    for visitor in range(FEWEST):
        boards.hand_in(keys.code, f"student {visitor}", Answer(typed, guess="Bad"))
    view = boards.seen_by_class(keys.code, "x")
    assert view.tallies[0].n == FEWEST
    assert "bad" not in repr(view).lower()
    (waiting,) = boards.seen_by_teacher(keys.secret).waiting
    assert waiting.text == "Is it bad? (Very bad / Bad)"
    assert boards.seen_by_teacher(keys.secret).tallies[0].guesses == (0, FEWEST)
    boards.nod(keys.secret, waiting.number, True)
    assert tally(boards, keys).guesses == (0, FEWEST)
    boards.nod(keys.secret, waiting.number, False)
    assert tally(boards, keys).guesses == ()


@pytest.mark.parametrize("n", range(FEWEST))
def test_of_fewer_than_five_it_is_only_said_how_many(boards, n):
    keys = filled(boards, n, sentence="mine")
    view = boards.seen_by_teacher(keys.secret)
    assert [t.n for t in view.tallies] == [n] * bool(n)
    assert not any(t.guesses or t.guessed_losses or t.learnt or t.losses for t in view.tallies)
    assert [sentence.text for sentence in view.waiting] == ["mine"] * n
    for sentence in view.waiting:
        boards.nod(keys.secret, sentence.number, True)
    assert boards.seen_by_class(keys.code, "x").sentences == ()


def test_the_class_sees_what_the_teacher_has_said_and_no_more(boards):
    keys = filled(boards)
    seen = {}
    for stage in STAGES:
        boards.show(keys.secret, stage)
        view = tally(boards, keys)
        seen[stage] = bool(view.guesses), bool(view.losses) or bool(view.learnt)
    assert seen == {COUNT: (False, False), GUESSES: (True, False), RESULTS: (True, True)}


def test_no_sentence_is_shown_without_a_nod_and_a_changed_one_needs_another(boards):
    keys = filled(boards)
    boards.hand_in(keys.code, "student 0", answer(sentence="It saw both flips."))
    assert boards.seen_by_class(keys.code, "x").sentences == ()
    (waiting,) = boards.seen_by_teacher(keys.secret).waiting
    boards.nod(keys.secret, waiting.number, True)
    assert boards.seen_by_class(keys.code, "x").sentences == ("It saw both flips.",)
    assert boards.seen_by_class(keys.code, "x").waiting == ()
    boards.hand_in(keys.code, "student 0", answer(0.36, sentence="It saw both flips."))
    assert boards.seen_by_class(keys.code, "x").sentences == ("It saw both flips.",)
    boards.hand_in(keys.code, "student 0", answer(0.37))
    assert boards.seen_by_class(keys.code, "x").sentences == ("It saw both flips.",)
    assert max(tally(boards, keys).losses) == 0.37
    boards.hand_in(keys.code, "student 0", answer(sentence="Something else"))
    assert boards.seen_by_class(keys.code, "x").sentences == ()
    boards.nod(keys.secret, waiting.number, True)  # of the sentence that was replaced
    assert boards.seen_by_class(keys.code, "x").sentences == ()
    (waiting,) = boards.seen_by_teacher(keys.secret).waiting
    boards.nod(keys.secret, waiting.number, True)
    boards.nod(keys.secret, waiting.number, False)
    assert boards.seen_by_class(keys.code, "x").sentences == ()


def test_the_code_is_no_secret_of_the_teacher(boards):
    keys = filled(boards)
    for wrong in (keys.code, "", keys.secret[:-1], keys.secret + "A"):
        for act in (
            lambda: boards.seen_by_teacher(wrong),  # noqa: B023  called at once
            lambda: boards.nod(wrong, 1, True),  # noqa: B023
            lambda: boards.show(wrong, RESULTS),  # noqa: B023
            lambda: boards.close(wrong),  # noqa: B023
        ):
            with pytest.raises(BoardError, match="not there any more"):
                act()
    assert tally(boards, keys).n == FEWEST


def test_a_board_is_gone_after_a_day_and_not_before(boards, clock):
    keys = filled(boards)
    clock.now += limits.DAY - 1
    assert boards.seen_by_teacher(keys.secret).hours == pytest.approx(1 / 3600)
    clock.now += 1
    with pytest.raises(BoardError, match="older than a day"):
        boards.seen_by_class(keys.code, "student 0")
    with pytest.raises(BoardError, match="its day is over"):
        boards.seen_by_teacher(keys.secret)


def test_a_closed_board_leaves_nothing(boards):
    keys = filled(boards)
    boards.close(keys.secret)
    for act in (
        lambda: boards.seen_by_class(keys.code, "student 0"),
        lambda: boards.hand_in(keys.code, "student 0", answer()),
        lambda: boards.seen_by_teacher(keys.secret),
    ):
        with pytest.raises(BoardError):
            act()


def test_who_tries_code_after_code_must_wait_and_who_was_there_need_not(boards, clock):
    keys = boards.open("teacher")
    boards.seen_by_class(keys.code, "student")
    codes = iter(sorted({new_code() for _ in range(2000)} - {keys.code}))

    def tried(visitor):
        with pytest.raises(BoardError) as refusal:
            boards.seen_by_class(next(codes), visitor)
        return str(refusal.value)

    refusals = [tried("guesser") for _ in range(limits.WRONG_CODES + 1)]
    assert ["wait a minute" in each for each in refusals] == [False] * limits.WRONG_CODES + [True]
    with pytest.raises(BoardError, match="wait a minute"):
        boards.seen_by_class(keys.code, "guesser")  # not even told that it is right
    others = (f"guesser {number}" for number in range(limits.OF_ALL))
    refusals = [tried(visitor) for visitor in others]
    told = sum("wait a minute" not in each for each in refusals)
    assert told == limits.OF_ALL - limits.WRONG_CODES
    with pytest.raises(BoardError, match="wait a minute"):
        boards.seen_by_class(keys.code, "newcomer")
    assert boards.seen_by_class(keys.code, "student").code == keys.code
    clock.now += limits.MINUTE
    assert boards.seen_by_class(keys.code, "newcomer").code == keys.code


def test_the_same_wrong_code_is_one_attempt_however_often_a_page_is_drawn(boards):
    keys = boards.open("teacher")
    wrong = "222222" if keys.code != "222222" else "333333"
    for _ in range(3 * limits.WRONG_CODES):
        with pytest.raises(BoardError, match=f"no board {wrong}"):
            boards.seen_by_class(wrong, "student")
    assert boards.seen_by_class(keys.code, "student").code == keys.code


def test_nobody_hands_in_more_than_their_share(boards, clock):
    keys = boards.open("teacher")
    for _ in range(limits.HAND_INS):
        boards.hand_in(keys.code, "eager", answer())
    with pytest.raises(BoardError, match="10 times within a minute"):
        boards.hand_in(keys.code, "eager", answer())
    boards.hand_in(keys.code, "another", answer())
    clock.now += limits.MINUTE
    for number in range(limits.MOST_QUESTIONS - 1):
        clock.now += limits.MINUTE
        of_another = Answer(Question(f"Question {number}?", ("Yes", "No")), guess="No")
        boards.hand_in(keys.code, "eager", of_another)
    with pytest.raises(BoardError, match="12 questions"):
        boards.hand_in(keys.code, "eager", answer(name="echo"))


def test_a_board_holds_so_many_answers_and_then_only_newer_ones_of_those_who_are_in(boards):
    keys = filled(boards, limits.MOST_ANSWERS)
    with pytest.raises(BoardError, match="it holds 400 answers"):
        boards.hand_in(keys.code, "one more", answer())
    boards.hand_in(keys.code, "student 7", answer(0.6))
    assert (tally(boards, keys).n, max(tally(boards, keys).losses)) == (limits.MOST_ANSWERS, 0.6)


def test_a_server_has_so_many_boards_and_those_that_nobody_uses_make_room(boards, clock):
    first, *_ = [boards.open("greedy") for _ in range(limits.MOST_OF_A_VISITOR)]
    with pytest.raises(BoardError, match="close one first"):
        boards.open("greedy")
    for number in range(limits.MOST_BOARDS - limits.MOST_OF_A_VISITOR):
        boards.open(f"teacher {number}")
    with pytest.raises(BoardError, match="60 boards in use"):
        boards.open("one more")
    clock.now += limits.IDLE
    boards.hand_in(first.code, "student", answer())
    boards.open("one more")
    assert boards.seen_by_teacher(first.secret).tallies[0].n == 1


def test_a_change_is_told_to_those_who_look_until_they_leave(boards):
    keys, told = boards.open("teacher"), []
    end = boards.subscribe(keys.code, lambda: told.append(1))
    before = boards.seen_by_class(keys.code, "x").version
    boards.hand_in(keys.code, "student", answer())
    boards.show(keys.secret, GUESSES)
    assert len(told) == 2
    assert boards.seen_by_class(keys.code, "x").version == before + 2
    end()
    end()
    boards.close(keys.secret)
    assert len(told) == 2


def test_codes_are_drawn_from_all_signs_and_read_as_people_type_them():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert set("".join(codes)) == set(ALPHABET)
    code = codes.pop()
    assert as_code(f" {code[:3].lower()} {code[3:]} ") == code
    assert len(ALPHABET) ** LENGTH == 887_503_681
    for wrong in (
        "",
        "ABCDE",
        "ABCDEFG",
        "ABCDE0",
        "ABCDEO",
        "ABCDEI",
        "<b>abc",
        "АBCDEF",
        "😀" * 6,
    ):
        assert as_code(wrong) is None


def test_ten_thousand_fuzzed_hand_ins_raise_nothing_else_and_show_nothing_that_was_not_allowed():
    rng, clock = random.Random(15), Clock()
    boards = MemoryBoards(clock)
    keys = [boards.open(f"teacher {number}") for number in range(3)]
    taken = longest = 0
    for number in range(10_000):
        clock.now += 2.0
        code = rng.choice([each.code for each in keys] + ["", "222222", "\x00", "A" * 9999])
        visitor = f"visitor {number % 300}"
        try:
            question = rng.choice([asked("pair"), asked("echo"), step(1), None, "pair", {}])
            result = (spoilt(rng, 0.4), spoilt(rng, AMOUNTS[1])) if question != step(1) else ()
            guess = spoilt(rng, AMOUNTS[0] if result else step(1).options[0])
            values = (*(result or (None, None)), guess, spoilt(rng, 0.3))
            one = Answer(question, *values, spoilt(rng, "Secret words"))
            boards.hand_in(code, visitor, one)
            taken += 1
        except BoardError as refusal:
            longest = max(longest, len(str(refusal)))
        if number % 100 == 0:
            boards.show(keys[0].secret, rng.choice(STAGES))
        for each in keys:
            view = boards.seen_by_class(each.code, "watcher")
            assert view.sentences == view.waiting == ()
            assert "Secret" not in repr(view)
            place = STAGES.index(view.stage)
            for seen in view.tallies:
                told = place if seen.n >= FEWEST else 0
                assert bool(seen.guessed_losses or any(seen.guesses)) <= (told > 0)
                assert bool(seen.losses or seen.learnt or seen.right) == (told > 1)
    assert 300 < taken < 9_500
    assert longest < 200


def spoilt(rng, good):
    """The good value, or one of what a stranger might send instead of it."""
    bad = [None, "", "x" * 10_000, float("nan"), float("inf"), -1, 10**400, True, b"\xff", [], {}]
    bad += ["<script>alert(1)</script>", "\x00\u202e", "=1+1", "Nothing\n", 1j, object(), "😀" * 90]
    return good if rng.random() < 0.7 else rng.choice(bad)
