"""What is said beside the curve: your guess, what came of it, why, and the knob to turn next."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rnnlab.bounds import Bounds, reached, verdict
from rnnlab.presets import Preset, follow_up_of, next_question, preset_for
from rnnlab.settings import Settings
from rnnlab.ui import cover, lessons, links
from rnnlab.ui.knobs import Panel
from rnnlab.ui.live_run.watching import turned_since
from rnnlab.ui.training import guess as guesses
from rnnlab.ui.training import run as runs
from rnnlab.ui.training.run import TrainingRun, TrainingSnapshot

FIRST_VERDICT = 100
"""Updates before which a loss says nothing about what can be learnt."""


def show(trained: Settings, bounds: Bounds, snapshot: TrainingSnapshot) -> None:
    """What to watch for, and then what has been learnt."""
    if snapshot.state == "failed":
        return
    guess = runs.guess()
    if snapshot.complete:
        if guess is not None:
            st.markdown(guesses.answer(guess, bounds, reached(snapshot.progress)))
        st.markdown(_learnt(trained, bounds, snapshot))
        on = lessons.current()
        if on is not None and not on.step.options and on.answer:
            st.markdown(on.answer)
        return
    if guess is not None and snapshot.views:
        st.markdown(f"Your guess: {guess.in_words}.")
    if snapshot.step < min(trained.updates, FIRST_VERDICT):
        st.markdown(_before(bounds))
    else:
        st.markdown(_learnt(trained, bounds, snapshot))


def turned(run: TrainingRun, snapshot: TrainingSnapshot, settings: Settings) -> None:
    """What the knobs say that the run does not do; another learning rate can be used at once."""
    now, rate = runs.settings_now(run), settings.learning_rate
    if now == settings:
        return
    with st.container(border=True):
        st.markdown(
            f"{turned_since(now, settings)} Curve and words here are still of the run before."
        )
        only_rate = replace(now, learning_rate=rate) == settings
        if only_rate and snapshot.progress and not snapshot.complete:
            st.button(
                f"Use {rate:g} from here on",
                icon=":material/alt_route:",
                on_click=runs.turn_rate,
                args=(rate,),
            )


def _before(bounds: Bounds) -> str:
    if bounds.bits:
        return (
            f"Guessing costs {bounds.baseline:.4f} nats a prediction. With these settings "
            f"nothing can get below {bounds.best:.4f}. Watch how close the curve comes."
        )
    label, loss = bounds.lines[0]
    return (
        f"“{label[0].upper()}{label[1:]}” has a mean squared error of {loss:.3g} on the "
        f"{bounds.judged_on or bounds.learns_from}. Watch how far below it the curve falls."
    )


def expected(settings: Settings) -> None:
    """Before a run: what is claimed of a ready experiment and what one should see, if uncovered."""
    preset = preset_for(settings)
    if preset is not None and cover.is_open(preset.name) and runs.SLOT.on_show() is None:
        st.markdown(f"{_claim(preset)} {preset.expect}")


def _claim(preset: Preset) -> str:
    return f"{preset.source}: *{preset.claim}*"


def _learnt(trained: Settings, bounds: Bounds, snapshot: TrainingSnapshot) -> str:
    """The verdict, and at the end of a ready experiment or its next step the reason."""
    sentences = [verdict(bounds, trained, reached(snapshot.progress))]
    preset, follow_up = preset_for(trained), follow_up_of(trained)
    if snapshot.complete and preset is not None:
        sentences += [preset.afterwards]
    elif snapshot.complete and follow_up is not None:
        sentences += [follow_up.next_step.explanation]
    return " ".join(sentences)


def offer_next(trained: Settings, snapshot: TrainingSnapshot) -> None:
    """After a run, one button that turns the next knob and trains; then the next question.

    A lesson has steps of its own.
    """
    if not snapshot.complete or snapshot.state == "failed" or lessons.current() is not None:
        return
    preset, follow_up = preset_for(trained), follow_up_of(trained)
    if preset is not None:
        st.markdown(f"**Next:** {preset.next_step.question}")
        st.button(
            f"{preset.next_step.title(trained)} and train again",
            icon=":material/play_arrow:",
            key="next_step",
            on_click=_take,
            args=(preset.next_settings,),
        )
        st.markdown(_claim(preset))
    elif follow_up is not None and (following := next_question(follow_up)) is not None:
        st.markdown("**Next question:**")
        links.preset_link(following, following.question)


def _take(settings: Settings) -> None:
    """Turn the knobs to these settings, and train."""
    Panel(Settings).turn(settings.values)
    runs.start(settings)
