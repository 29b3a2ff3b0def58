"""The series: a strip of it, the causes of every target, its code; and the two pair rules."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from textwrap import dedent

import streamlit as st

from rnnlab.charts.bit_series import (
    A_LINE,
    forced_targets_chart,
    forced_targets_table,
    strip_chart,
    strip_table,
)
from rnnlab.exploration import series
from rnnlab.knobs import Knob
from rnnlab.rules import BitRule, SampleRule, SymbolRule
from rnnlab.rules.letter_strings import LetterStringRule
from rnnlab.rules.machine import MachineRule
from rnnlab.settings import Settings
from rnnlab.ui import address, drawing, sources
from rnnlab.ui.choices import choose_position
from rnnlab.ui.data import letters, numbers
from rnnlab.ui.data.machine import draw_machine
from rnnlab.ui.knobs import set_value

TITLE = "The series"
ICON = ":material/view_week:"
WORDS = (
    "bit",
    "cause",
    "chance",
    "input",
    "lag",
    "seed",
    "state",
    "state machine",
    "target",
    "time step",
    "update",
    "window",
)

N_STEPS = 2 * A_LINE
TARGET, CHART, START = "look_target", "look_strip", "look_start"

OTHER_VERSION = {
    "pair": (
        "self-pair",
        "The article's words say that the series feeds on itself: two equal bits force the very "
        "bit after them. Its code, which you see here, flips one coin for the inputs and writes "
        "the rule into other bits, the targets.",
        "See what its words say",
    ),
    "self-pair": (
        "pair",
        "This is what the article's words say. Its code does something else: there the inputs are "
        "coin flips that nothing forces, and the rule is written into other bits, the targets.",
        "See what its code does",
    ),
}

PAIR_START, PAIR_STEPS = 20, 16

PAIR_TEXTS = {
    "pair": (
        "The code: `pair`",
        "It looks at the **inputs**, coin flips that nothing can change. Two equal ones force "
        "the target after them.",
        r"""\begin{aligned}
\text{forced}&\quad P(\text{two flips equal}) = \tfrac12 \\
\text{loss}&\quad \tfrac12 \cdot 0 + \tfrac12 \ln 2 = 0.3466
\end{aligned}""",
    ),
    "self-pair": (
        "The words: `self-pair`",
        "It looks at **the series itself**: each target is the next input. A forced bit differs "
        "from the one before it, so it breaks its pair.",
        r"""\begin{aligned}
\text{forced}&\quad e = \tfrac12 (1 - e) \;\Rightarrow\; e = \tfrac13 \\
\text{loss}&\quad \tfrac13 \cdot 0 + \tfrac23 \ln 2 = 0.4621
\end{aligned}""",
    ),
}


def draw(settings: Settings) -> None:
    """The series of these settings, the one that a run with them learns from."""
    if isinstance(settings.data, BitRule):
        address.fragment(_strip)(settings)
        _counts(settings)
        _other_luck(settings)
        _machine(settings)
        _other_version(settings)
    elif isinstance(settings.data, SymbolRule):
        address.fragment(letters.series)(settings)
        _other_luck(settings)
    else:
        address.fragment(numbers.series)(settings)
    _code(settings)
    sources.show(settings.data)


def _other_luck(settings: Settings) -> None:
    st.button(
        "With other luck",
        icon=":material/casino:",
        help="The same rule, other random numbers: the next seed.",
        key="look_seed",
        on_click=_next_seed,
        args=(settings.seed,),
    )


def _strip(settings: Settings) -> None:
    n_bits = settings.rows * settings.length
    picture = st.container()
    target = choose_position(
        TARGET,
        "Target t",
        0,
        n_bits - 1,
        default=17,
        help_text=f"Jump to any place from 0 to {n_bits - 1:,}. A click on a target picks it too.",
    )
    with picture:
        _draw_strip(settings, target, n_bits)


def _draw_strip(settings: Settings, target: int, n_bits: int) -> None:
    """The picture, the sentence on the target that is looked at, and how to look at another."""
    lags = settings.bit_rule.lags
    start = _start(target, n_bits, max(lags, default=0))
    steps = _steps(settings, start)
    sentence = series.step_sentence(steps[target - start])
    kinds = _target_counts(settings).kinds
    causes = ", and at its causes in orange" if lags else ""
    st.markdown(f"Look at the framed target{causes}. {sentence}")
    spec = drawing.spec(strip_chart, -(-len(steps) // A_LINE), lags, kinds)
    drawing.draw(
        spec,
        strip_table(steps, target),
        key=CHART,
        alt=f"Inputs and targets {start:,} to {steps[-1].t:,}. {sentence}",
        on_select=_take_click,
        selection_mode="clicked",
    )
    framed = "its causes get a frame" if lags else "it gets a frame"
    st.caption(f"Point at a target: {framed}. A click, or the number below, keeps it.")


def _start(target: int, n_bits: int, longest_lag: int) -> int:
    """Where the strip begins: as before, as long as the target and its causes are on it."""
    address.link(START, Knob(0, "First on the strip", "", "data", low=0, high=n_bits - 1))
    start = int(st.session_state.get(START, 0))
    visible = start <= max(target - longest_lag, 0) and target < min(start + N_STEPS, n_bits)
    if not visible:
        start = max(target - max(longest_lag, A_LINE), 0) // 5 * 5
        st.session_state[START] = start
    return start


def _take_click() -> None:
    """Look at the target that was clicked."""
    clicked = st.session_state[CHART].selection.get("clicked")
    if clicked:
        st.session_state[TARGET] = int(clicked[-1]["t"])


def _counts(settings: Settings) -> None:
    counts = _target_counts(settings)
    st.markdown(f"{series.counts_sentence(counts)} {series.early_sentence(counts)}")


def _machine(settings: Settings) -> None:
    """The machine behind the series, where it is one."""
    if isinstance(settings.data, MachineRule):
        st.header("The machine")
        draw_machine(settings, "look_machine")


def _other_version(settings: Settings) -> None:
    """Where an article says one thing and does another."""
    if settings.rule in OTHER_VERSION:
        other, words, label = OTHER_VERSION[settings.rule]
        st.info(words, icon=":material/compare_arrows:")
        st.button(label, key="look_other", on_click=set_value, args=("rule", other))


def _code(settings: Settings) -> None:
    rule = settings.data
    with st.expander("Show the code", icon=":material/code:"):
        st.caption("The data in plain NumPy: x are the inputs, y the targets.")
        st.code(rule.numpy_code(), wrap_lines=True)
        st.caption("The lab's own lines, which ran for the picture above.")
        if isinstance(rule, BitRule):
            _source(type(rule).clean_series)
            if rule.noise:
                _source(BitRule.generate)
        elif isinstance(rule, LetterStringRule):
            _source(type(rule).strings)
            _source(type(rule).targets)
        elif isinstance(rule, SymbolRule):
            _source(type(rule).generate)
        elif isinstance(rule, SampleRule):
            _source(type(rule).samples)


def _source(method: Callable[..., object]) -> None:
    st.code(dedent(inspect.getsource(method)), wrap_lines=True)


def _next_seed(seed: int) -> None:
    highest = Settings.all_knobs()["seed"].high
    st.session_state["seed"] = seed + 1 if highest is None or seed < highest else 0


@st.cache_data(max_entries=20, show_spinner=False, scope="session")
def _steps(settings: Settings, start: int) -> tuple[series.SeriesStep, ...]:
    return series.series_steps(settings, start, N_STEPS)


@st.cache_data(max_entries=20, show_spinner=False, scope="session")
def _target_counts(settings: Settings) -> series.TargetCounts:
    return series.count_targets(settings)


def draw_pair_versions(settings: Settings) -> None:
    """Both pair rules beside each other, each with an excerpt, its derivation and its counts."""
    code, words = versions = _both_versions(settings.rows, settings.length, settings.seed)
    for column, version in zip(st.columns(2, gap="large"), versions, strict=True):
        with column:
            _pair_version(version)
    st.caption(
        "In `self-pair`, e is the share of equal neighbours. After an equal pair always comes "
        "a change; after a change, every other time an equal pair: e = ½ (1 - e). So chance "
        "decides two steps in three instead of one in two, and the best loss rises from "
        f"{code.expected_loss:.4f} to {words.expected_loss:.4f}; counted with your seed, from "
        f"{code.measured_loss:.4f} to {words.measured_loss:.4f}. Both are the article's own "
        "case: the pair lies one step back, and there is no noise."
    )


@st.cache_data(max_entries=10, show_spinner=False)
def _both_versions(rows: int, length: int, seed: int) -> tuple[series.PairVersion, ...]:
    """The article's own case: the pair is one step back, and there is no noise."""
    return series.pair_versions(Settings(rows=rows, length=length, seed=seed))


def _pair_version(version: series.PairVersion) -> None:
    title, words, formula = PAIR_TEXTS[version.rule]
    n_steps = len(version.forced)
    st.markdown(f"**{title}.** {words}")
    drawing.draw(
        drawing.spec(forced_targets_chart),
        forced_targets_table(version.series, version.forced, PAIR_START, PAIR_STEPS),
        key=f"look_reading_{version.rule}",
        alt=f"{PAIR_STEPS} inputs and targets of {version.rule}, with a mark under each forced "
        "target.",
    )
    st.latex(formula, width="content")
    st.caption(
        f"▲ marks a forced target. With your seed {version.forced_share:.2%} of {n_steps:,} "
        f"steps are forced, in theory {version.expected_share:.2%}. If you know the rule, you "
        f"lose {version.measured_loss:.4f} nats a step on average; in theory "
        f"{version.expected_loss:.4f}."
    )
