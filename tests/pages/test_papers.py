"""The page Papers without a browser: every card, its lines and its link; who counts."""

from __future__ import annotations

from rnnlab.bounds import Bounds
from rnnlab.kinds.counting import COUNTERS, counting_sentence, recorded
from rnnlab.papers import PAPERS
from rnnlab.presets import PRESETS
from rnnlab.presets.letters import ON_LETTERS
from rnnlab.presets.machines import ON_MACHINES
from rnnlab.presets.shelf import SHELF
from rnnlab.rules.machine import MachineRule
from tests.pages.opened import opened, opened_once, texts

PAGE = "pages/papers.py"


def test_every_question_of_the_shelf_has_a_card_and_every_paper_is_on_one():
    asked = [card.preset.name for card in SHELF]
    assert sorted(asked) == sorted(
        ["adding", *(preset.name for preset in (*ON_MACHINES, *ON_LETTERS))]
    )
    assert all(PRESETS[card.preset.name] is card.preset for card in SHELF)
    assert {paper for card in SHELF for paper in card.papers} == {*PAPERS.values()}


def test_a_paper_is_cited_with_its_number_where_it_has_one():
    citation = PAPERS["counting"].citation
    assert "https://arxiv.org/abs/1805.04908" in citation
    assert citation.endswith("2018, arXiv 1805.04908.")
    assert PAPERS["structure"].citation.endswith("“Finding structure in time”, 1990.")


def test_a_card_has_claim_lines_and_papers_and_its_answer_under_a_cover():
    shown = texts(opened_once(PAGE))
    for card in SHELF:
        assert card.preset.claim in shown
        assert card.shows in shown
        assert card.preset.expect not in shown
        assert all(paper.citation in shown for paper in card.papers)
        for label, loss in Bounds.of(card.preset.settings).lines:
            assert f"{label}: **{loss:.4f}**" in shown
    assert counting_sentence(recorded()) not in shown


def test_the_answers_are_there_where_nothing_is_covered():
    app = opened(PAGE, cover="off")
    shown = texts(app)
    for card in SHELF:
        assert f"Measured here, by training: {card.preset.reached}." in shown
    assert counting_sentence(recorded()) in shown
    (table,) = [one.value for one in app.table]
    assert list(table.index) == list(COUNTERS)
    assert [float(value) for value in table.iloc[:, 1]] == [r.middle for r in recorded().values()]


def test_every_machine_is_drawn_with_its_states():
    app = opened_once(PAGE)
    tables = [one.value for one in app.dataframe if "after a 0" in one.value]
    assert [len(table) for table in tables] == [
        len(card.preset.settings.data.machine().states)
        for card in SHELF
        if isinstance(card.preset.settings.data, MachineRule)
    ]


def test_a_sequence_of_the_adding_problem_is_drawn_and_its_loss_is_no_nat():
    shown = texts(opened_once(PAGE))
    settings = PRESETS["adding"].settings
    samples = settings.sample_rule.samples(settings.window)
    assert f"= {samples.targets[0]:.3f}." in shown
    assert "always the mean, 1: **0.1667** mean squared error" in shown
    assert "knows only the later number: **0.0833** mean squared error" in shown
    assert "best possible: **0.0000** mean squared error" in shown
