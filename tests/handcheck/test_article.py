"""The article's program: its bugs, and the loop written out."""

import math
import re
import traceback
from contextlib import redirect_stdout
from io import StringIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.handcheck import written_out as loops
from rnnlab.handcheck.programs import ARTICLE_PROGRAM, loop_program, repaired_program
from rnnlab.handcheck.written_out import ARTICLE_BUGS, AS_PRINTED, Loop, written_out


def last_line_of(program: str) -> str:
    """The last line that Python writes, on its output or its errors."""
    with redirect_stdout(StringIO()) as output:
        try:
            exec(program, {})
        except Exception as error:
            return traceback.format_exception_only(error)[-1]
    return output.getvalue().strip().splitlines()[-1]


def test_the_whole_program_meets_one_bug_after_the_other_until_all_are_repaired():
    program = ARTICLE_PROGRAM
    for bug in ARTICLE_BUGS:
        # Python adds a guess at the name that was meant.
        assert last_line_of(program).startswith(bug.printed_outcome)
        assert program.count(bug.printed) == 1
        program = program.replace(bug.printed, bug.repaired)
    assert program == repaired_program()
    assert last_line_of(program) == "final_output_sequence.shape is (100, 64)"


@pytest.mark.parametrize(
    "loop", [Loop(), Loop(seed=3, strength=1.5), Loop(numbers=AS_PRINTED, seed=2)]
)
def test_the_program_to_copy_makes_the_states_of_the_picture(loop):
    variables: dict[str, object] = {}
    with redirect_stdout(StringIO()) as output:
        exec(loop_program(loop), variables)
    assert output.getvalue().startswith("(100, 64)")
    np.testing.assert_allclose(variables["states"], loops.states_of(loop), atol=1e-6)


@pytest.mark.parametrize("bug", ARTICLE_BUGS, ids=lambda bug: bug.title)
def test_every_quoted_line_stands_in_the_printed_program(bug):
    assert set(bug.excerpt.splitlines()) <= {line.strip() for line in ARTICLE_PROGRAM.splitlines()}
    assert re.fullmatch(r"\w+\.shape is \((100, 32|64,|100, 64)\)", bug.repaired_outcome)


SEEDS = st.integers(0, 9999)


def test_two_steps_of_two_units_as_on_paper():
    # Step 1: [1, 2] [[1, 0], [0, -1]] + [0, 1] = [1, -1].
    # Step 2: [0, 1] W + tanh([1, -1]) [[0, 1], [2, 0]] + [0, 1] = [-2 t, t - 1 + 1], t = tanh 1.
    states = written_out(
        np.array([[1.0, 2], [0, 1]]),
        kernel=np.array([[1.0, 0], [0, -1]]),
        recurrent_kernel=np.array([[0.0, 1], [2, 0]]),
        bias=np.array([0.0, 1]),
    )
    t = math.tanh(1)
    expected = [[t, -t], [math.tanh(-2 * t), math.tanh(t)]]
    assert states == pytest.approx(np.array(expected))


def test_it_has_the_articles_sizes_and_its_seed():
    inputs, weights = loops.start(Loop())
    assert inputs.shape == (100, 32)
    assert [weights[name].shape for name in weights] == [(32, 64), (64, 64), (64,)]
    states = loops.states_of(Loop(seed=3))
    assert states.shape == (100, 64)
    assert (loops.states_of(Loop(seed=3)) == states).all()
    assert (loops.states_of(Loop(seed=4)) != states).any()


@given(SEEDS)
@settings(max_examples=10, deadline=None)
def test_as_printed_every_number_lies_between_0_and_1_and_so_tanh_is_flat(seed):
    loop = Loop(numbers=AS_PRINTED, seed=seed)
    inputs, weights = loops.start(loop)
    for numbers in (inputs, *weights.values()):
        assert numbers.min() >= 0
        assert numbers.max() < 1
    # From the second step on a sum is about 64/2 + 32/4: tanh of 20 is 1 in 64 bits.
    assert (loops.states_of(loop)[1:] == 1).all()
    assert loops.last_visible(loops.fading_distances(loop, 1.0)) == 0
    assert "remembers nothing" in loops.states_sentence(loops.states_of(loop))


@given(SEEDS, st.floats(0, 1), st.floats(0.1, 2))
@settings(max_examples=25, deadline=None)
def test_a_difference_fades_at_least_as_fast_as_the_powers_of_the_strength(seed, strength, change):
    # U is orthogonal times the strength, and tanh brings no two numbers further apart.
    loop = Loop(strength=strength, seed=seed)
    _, weights = loops.start(loop)
    at_first = np.linalg.norm(change * weights["kernel"].sum(axis=0))
    most = at_first * (strength * (1 + 1e-6)) ** np.arange(100)
    assert (loops.fading_distances(loop, change) <= most + 1e-12).all()


def test_without_a_recurrent_kernel_the_first_input_is_gone_one_step_later():
    distances = loops.fading_distances(Loop(strength=0.0), 1.0)
    assert distances[0] > 0.5
    assert (distances[1:] == 0).all()
    assert loops.last_visible(distances) == 1
    assert "there is no memory" in loops.fading_sentence(distances, 1.0)


def test_the_last_visible_step_may_come_after_invisible_ones():
    assert loops.last_visible(np.array([0.5, 0.001, 0.01, 0.0099])) == 3
    assert loops.last_visible(np.array([0.001, 0.0])) == 0


def test_a_strong_recurrent_kernel_never_forgets_and_the_sentence_says_so():
    distances = loops.fading_distances(Loop(strength=2.0), 1.0)
    assert distances[-1] > 0.1
    assert "does not fade" in loops.fading_sentence(distances, 1.0)


def test_the_sentence_about_fading_names_the_numbers_of_the_curve():
    distances = np.array([1.25, *[0.5] * 8, 0.125, 0.02, *[0.001] * 20])
    sentence = loops.fading_sentence(distances, 0.5)
    assert "Add 0.5 to" in sentence
    assert "differ by 1.2, after 10 steps by 0.12. Step 11 is the last" in sentence


def test_the_sentence_about_states_speaks_of_a_unit_in_view():
    states = np.array([[0.0, 0.1, 0.95], [0.0, -0.3, -0.95]])
    assert "unit 3 swings furthest, from -0.95 to 0.95" in loops.states_sentence(states)
    sentence = loops.states_sentence(states, n_units=2)
    assert "unit 2 swings furthest, from -0.30 to 0.10" in sentence
    assert "2 × 3 = 6 numbers 33% lie beyond" in sentence


def test_the_sentence_about_keras_tells_rounding_from_rounding_that_grew():
    ours, keras = np.zeros((20, 2)), np.zeros((20, 2))
    keras[4, 1] = 2e-16
    assert "the largest of 40 differences is 2e-16" in loops.keras_sentence(ours, keras)
    keras[15, 0] = -3e-5
    sentence = loops.keras_sentence(ours, keras)
    assert "by 2e-16 at most in the first 10 steps, but by 3e-05 at step 16" in sentence


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"strength": 2.1}, "Recurrent kernel times must be between 0.0 and 2.0, but it is 2.1"),
        ({"seed": -1}, "Seed must be between 0 and 9999"),
        ({"numbers": "even"}, "Random numbers must be one of around zero, as printed"),
        ({"strength": math.nan}, "Recurrent kernel times must be between"),
    ],
)
def test_what_the_loop_does_not_have_is_refused_by_name(wrong, named):
    with pytest.raises(SettingError, match=named):
        Loop(**wrong)
