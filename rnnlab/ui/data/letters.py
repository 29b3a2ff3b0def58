"""Rules on letters: the series, how it is cut, and what its letters can be known from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.bounds import Bounds
from rnnlab.charts.letters import A_LINE, letters_chart, letters_table
from rnnlab.charts.rule_data import losses_chart, losses_domain, losses_table
from rnnlab.charts.step_losses import step_losses_chart, step_losses_table
from rnnlab.exploration.letters import LettersShown, letters_shown
from rnnlab.rules.letters import LetterRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_position

N_STEPS = 3 * A_LINE


def series(settings: Settings) -> None:
    """Some letters and what is asked for, and what is known of one of them."""
    picture = st.container()
    last = settings.rows * settings.length - 1
    target = choose_position(
        "look_target",
        "Target t",
        0,
        last,
        default=17,
        help_text=f"Jump to any place from 0 to {last:,}.",
    )
    with picture:
        draw_letters(settings, target, "look_letters")
    st.caption(
        "A full diamond: only one answer is possible for someone who knows the rule and all that "
        "came before. A ring: chance decides."
    )
    _ways(settings)


def draw_letters(settings: Settings, target: int, key: str) -> None:
    """A few lines of the series around a target, and what is known of it."""
    start = max(target - A_LINE, 0) // 5 * 5
    shown = _shown(settings, start, target)
    st.markdown(f"Look at the framed target. {shown.sentence}")
    drawing.draw(
        drawing.spec(letters_chart, -(-len(shown.inputs) // A_LINE)),
        letters_table(shown, target),
        key=key,
        alt=f"Letters {start:,} to {start + len(shown.inputs) - 1:,}: "
        f"{''.join(shown.inputs)}. {shown.sentence}",
    )


def _ways(settings: Settings) -> None:
    """The machine of letters as a table, where there is one."""
    rule = settings.data
    if not isinstance(rule, LetterRule):
        return
    st.header("The machine")
    st.caption(
        "Begin in any state and take one of its ways: it makes the letter and leads to the next "
        "state. Where there are two, a coin decides."
    )
    machine = rule.machine()
    rows = [
        (name, "  or  ".join(f"{letter} → {end}" for letter, end in ways))
        for name, ways in machine.states
    ]
    st.dataframe(pd.DataFrame(rows, columns=["state", "ways"]), hide_index=True)


def cut(settings: Settings) -> None:
    """Rows and windows in words, and what the edge of a window hides."""
    s, rule = settings, settings.symbol_rule
    n_windows = s.length // s.window
    left = s.length % s.window
    unused = f" The last {left} of each row fill no window." if left else ""
    st.markdown(
        f"Your {s.rows * s.length:,} letters lie in {s.rows} rows of {s.length:,}. Each of the "
        f"{n_windows:,} updates of an epoch sees {s.window} steps of every row, the next update "
        f"those that follow.{unused}"
    )
    if rule.begins_anew:
        st.markdown(
            f"Every window is a string of its own, of {s.window} steps: nothing before it counts, "
            "so its edge hides nothing, and no state is carried."
        )
        return
    st.header("What the edge of a window hides")
    losses, best = rule.losses_by_step(s.window), rule.best_loss()
    sentence = (
        "Look at the left end: a window does not know in which state it begins. At its first step "
        f"a letter costs {losses[0]:.4f} nats at best, at its last one {losses[-1]:.4f}. With the "
        f"whole past it is {best:.4f}. Only a carried **state** can bring that over the edge."
    )
    drawing.draw(
        drawing.spec(step_losses_chart, s.window, float(max(losses[0], rule.base_rate_loss()))),
        step_losses_table(losses, best),
        key="look_steps",
        alt=f"The best possible loss at each step of a window. {sentence}",
    )
    st.markdown(sentence)


def known(settings: Settings) -> None:
    """The exact lines, and where they come from."""
    st.header("How low can a loss go?")
    lines = dict(Bounds.of(settings).lines)
    floor = "best possible" if settings.carry_state else "forgets at each window"
    domain = losses_domain(lines, log=False)
    drawing.draw(
        drawing.spec(losses_chart, tuple(lines), "Loss (nats)", domain),
        losses_table(lines, floor, domain, log=False),
        key="look_stairs",
        alt="; ".join(f"{label} {loss:.4f}" for label, loss in lines.items()),
    )
    st.caption(
        f"Look at the dashed line: in the long run your run loses at least {lines[floor]:.4f} nats "
        f"a letter. Always saying how often each answer comes costs {lines['knows nothing']:.4f}."
    )
    st.latex(settings.symbol_rule.derivation, width="content")
    st.caption(
        "Chances after each pattern of the last few letters are not counted here: with "
        f"{len(settings.symbol_rule.letters)} letters there are too many patterns to draw."
    )


@st.cache_data(max_entries=20, show_spinner=False, scope="session")
def _shown(settings: Settings, start: int, target: int) -> LettersShown:
    return letters_shown(settings, start, N_STEPS, target)
