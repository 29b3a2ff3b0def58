"""Memory, written out, as a page shows it: pictures, Keras beside it, the bugs of the article."""

from __future__ import annotations

import pytest

from rnnlab.compute import JobView
from rnnlab.handcheck.programs import loop_program
from rnnlab.handcheck.written_out import ARTICLE_BUGS, KerasStates, Loop, states_of
from rnnlab.ui.hand.written_out import WORK
from tests.pages.opened import texts
from tests.ui.hand.page import open_part


@pytest.fixture(autouse=True)
def keras(store):
    store.answer = lambda loop: JobView("done", events=(KerasStates(states_of(loop)),))


def drawn(**query: str):
    return open_part("Memory, written out", **query)


def test_it_shows_two_pictures_the_function_that_ran_and_keras_beside_it(store):
    app = drawn()
    assert len(app.get("vega_lite_chart")) == 2
    assert app.code[0].value == loop_program(Loop()).strip()
    assert "Step 21 is the last" in texts(app)
    assert "the largest of 6,400 differences is 0" in texts(app)
    ((work, loop),) = store.questions
    assert work == WORK
    assert (loop.numbers, loop.strength, loop.seed) == ("around zero", 1.0, 1)


def test_the_knobs_are_read_from_the_address(store):
    app = drawn(memory_numbers="as printed", memory_seed="7", memory_units="64")
    assert store.questions[0][1].seed == 7
    assert "remembers nothing" in texts(app)
    assert app.number_input(key="memory_seed").value == 7


def test_turning_a_knob_changes_loop_and_sentence(store):
    app = drawn()
    app.slider(key="memory_strength").set_value(0.0).run()
    assert not app.exception
    assert "there is no memory" in texts(app)
    assert store.questions[-1][1].strength == 0


def test_without_an_answer_the_page_says_why_and_the_rest_is_there(store):
    store.answer = lambda _: JobView("failed", message="TensorFlow is not there.")
    app = drawn()
    assert "Keras beside it: TensorFlow is not there." in texts(app)
    assert len(app.get("vega_lite_chart")) == 2


def test_every_bug_is_shown_with_what_python_says_and_its_repair():
    app = drawn()
    codes, text = [code.value for code in app.code], texts(app)
    for bug in ARTICLE_BUGS:
        assert bug.excerpt in codes
        assert bug.repaired in codes
        for sentence in (bug.title, bug.printed_outcome, bug.repaired_outcome, bug.why):
            assert sentence in text
