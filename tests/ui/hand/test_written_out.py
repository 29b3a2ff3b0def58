"""Memory, written out, as a page shows it: pictures, Keras beside it, the faults of the print."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.compute import JobView
from rnnlab.handcheck.article_bugs import ARTICLE_BUGS
from rnnlab.handcheck.written_out import KerasStates, states_of
from rnnlab.ui import answers
from rnnlab.ui.hand import written_out


class FakeJobStore:
    """Stands in for the computing side: what it was asked, and what it answers."""

    def __init__(self) -> None:
        self.asked: list = []
        self.answers = True

    def start(self, work: str, question: object, _viewer: str) -> SimpleNamespace:
        self.asked.append((work, question))
        view = JobView("failed", message="TensorFlow is not there.")
        if self.answers:
            view = JobView("done", events=(KerasStates(states_of(question)),))
        return SimpleNamespace(view=lambda _: view, wait=lambda _: None, ended=True)


@pytest.fixture
def store(monkeypatch):
    one = FakeJobStore()
    monkeypatch.setattr(answers, "job_store", lambda: one)
    return one


def page() -> None:
    from rnnlab.ui.hand import written_out

    written_out.draw()


def drawn(**query: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def everything_said(app: AppTest) -> str:
    return "\n".join(one.value for one in [*app.markdown, *app.caption])


def test_it_shows_two_pictures_the_function_that_ran_and_what_keras_says(store):
    app = drawn()
    assert len(app.get("vega_lite_chart")) == 2
    assert app.code[0].value.startswith("def written_out(")
    said = everything_said(app)
    assert "Step 21 is the last" in said
    assert "the largest of 6,400 differences is 0" in said
    ((work, question),) = store.asked
    assert work == written_out.WORK
    assert (question.numbers, question.strength, question.seed) == ("around zero", 1.0, 1)


def test_the_knobs_are_read_from_the_address(store):
    app = drawn(memory_numbers="as printed", memory_seed="7", memory_units="64")
    assert store.asked[0][1].seed == 7
    assert "remembers nothing" in everything_said(app)
    assert app.number_input(key="memory_seed").value == 7


@pytest.mark.parametrize("wrong", ["inf", "-Infinity", "nan", "3e99", "seven"])
def test_a_number_in_the_address_that_is_none_is_forgotten(store, wrong):
    drawn(memory_seed=wrong, memory_strength=wrong, memory_change=wrong, memory_units=wrong)
    question = store.asked[0][1]
    assert (question.seed, question.strength) == (1, 1.0)


def test_turning_a_knob_changes_loop_and_sentence(store):
    app = drawn()
    app.slider(key="memory_strength").set_value(0.0).run()
    assert not app.exception
    assert "there is no memory" in everything_said(app)
    assert store.asked[-1][1].strength == 0


def test_without_an_answer_the_page_says_why_and_the_rest_is_there(store):
    store.answers = False
    app = drawn()
    assert "Keras beside it: TensorFlow is not there." in everything_said(app)
    assert len(app.get("vega_lite_chart")) == 2


@pytest.mark.usefixtures("store")
def test_every_fault_is_shown_with_what_python_says_and_how_it_is_mended():
    app = drawn()
    shown, said = [one.value for one in app.code], everything_said(app)
    for bug in ARTICLE_BUGS:
        assert bug.excerpt in shown
        assert bug.repaired in shown
        for words in (bug.title, bug.printed_outcome, bug.repaired_outcome, bug.why):
            assert words in said
