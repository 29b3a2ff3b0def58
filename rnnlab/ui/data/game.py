"""Guess it yourself: twenty targets, one after the other, before any network tries."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from rnnlab.charts.bit_predictions import game_alt, game_chart, game_table
from rnnlab.exploration.game import ROUND, Game, in_words, luck
from rnnlab.knobs import Knob
from rnnlab.rules import BitRule, SymbolRule
from rnnlab.rules.strings import StringRule
from rnnlab.settings import Settings
from rnnlab.ui import address, cover, drawing, lessons, links
from rnnlab.ui.knobs import widget

TITLE = "Guess it yourself"
ICON = ":material/casino:"
WORDS = (
    "bit",
    "chance",
    "input",
    "lag",
    "target",
)

NUMBER = Knob(
    default=1,
    label="Game",
    help=(
        "The same number and the same rule give the same targets. The number is in the "
        "address, so a class can play one game together."
    ),
    topic="data",
    low=1,
    high=9999,
)
KEY = "look_game"
PLAYED = "look_game_played"
"""Where the session keeps the game as far as it is played."""


def may_tell_the_rule(settings: Settings) -> bool:
    """Whether the rule may stand above its game; if not, a button that uncovers it.

    In a lesson whose answer tells the rule, it comes with that.
    """
    rule = settings.data
    if not isinstance(rule, BitRule) or isinstance(rule, StringRule) or settings.private:
        return True
    on = lessons.current()
    if on is not None and on.answer:
        return cover.is_open(on.key)
    return cover.offer(_rule(settings))


def _rule(settings: Settings) -> str:
    """What the game asks for, as the cover knows it."""
    return f"rule_{settings.rule}"


def draw(settings: Settings) -> None:
    """The game, or why there is none."""
    if isinstance(settings.data, StringRule):
        st.info(
            "There is no such game for strings: a game shows the last few bits of a long series, "
            "and here all bits since the string began count. “The series” shows what state they "
            "lead to.",
            icon=":material/line_start:",
        )
    elif isinstance(settings.data, BitRule):
        _play(settings)
    elif isinstance(settings.data, SymbolRule):
        st.info(
            "There is no such game for letters: it asks for a 0 or a 1. “The series” says of every "
            "step which letters may come.",
            icon=":material/abc:",
        )
    else:
        st.info(
            "There is no such game for numbers: nobody can guess the next one to four digits. "
            "“The series” shows how a number follows from those before it, and “What can be "
            "known” shows how wrong simple ways to predict it are.",
            icon=":material/show_chart:",
        )


@address.fragment
def _play(settings: Settings) -> None:
    """One game; a click runs only this."""
    with st.container(width=220):
        number = int(widget(KEY, NUMBER))
    game = _current(settings, number)
    over = game.over
    if over and lessons.current() is not None:  # where the rule waits until somebody asks for it
        if lessons.note_result(game.score):
            st.rerun()  # what is handed in stands outside of this part
    elif over and not cover.is_open(_rule(settings)):
        cover.lift(_rule(settings))
        st.rerun()  # the rule stands outside of this part
    excerpt = game.played if over else game.visible
    drawing.draw(
        drawing.spec(game_chart, len(excerpt.inputs), over=over),
        game_table(excerpt, over=over),
        key="look_game_over" if over else "look_game_strip",
        alt=game_alt(excerpt),
    )
    if over:
        _result(game, settings)
    else:
        _ask(game)


def _current(settings: Settings, number: int) -> Game:
    """The game as far as it is played; a new one for another rule or another number."""
    fresh = Game.new(settings, number)
    played: Game | None = st.session_state.get(PLAYED)
    if played is None or played.restarted != fresh:
        st.session_state[PLAYED] = played = fresh
    return played


def _ask(game: Game) -> None:
    """What happened last, and the two answers."""
    n = len(game.guesses)
    with st.container(horizontal=True):
        for bit in (0, 1):
            st.button(
                f"Say {bit}",
                key=f"look_say_{bit}",
                shortcut=str(bit),
                width="stretch",
                on_click=_guess,
                args=(bit,),
            )
    now = int(game.visible.inputs[-1])
    if n == 0:
        st.markdown(
            f"The last column is now: the input is {now}, and you say which target belongs "
            f"under it. Press a button, or 0 or 1 on the keyboard. You do this {ROUND} times."
        )
        return
    guess, target = game.guesses[-1], int(game.played.targets[-1])
    verdict = ":green[**✓ Right**]" if guess == target else ":orange[**✗ Wrong**]"
    st.markdown(
        f"{verdict}: you said {guess}, and it was {target}. **{game.score} of {n}** so far. "
        f"Now the input is {now}: which target follows? ({n + 1} of {ROUND})"
    )


def _result(game: Game, settings: Settings) -> None:
    """The score beside what could be known, and beside luck."""
    by_luck = in_words(luck(game.score))
    with st.grid(4, min_column_width=130):
        st.metric("You", f"{game.score} of {ROUND}")
        st.metric("Best, here", f"{game.best_score} of {ROUND}", help=BEST_HERE)
        st.metric("Best, on average", f"{game.expected_best_score:.1f}", help=BEST_ON_AVERAGE)
        st.metric("As good by luck", by_luck, help=LUCK)
    st.markdown(result_sentence(game, by_luck))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Play again",
            icon=":material/replay:",
            help="Other targets of the same rule.",
            on_click=_next,
        )
        links.settings_link(
            links.TRAINING_PAGE, settings, "Now let a network try", ":material/show_chart:"
        )


BEST_HERE = (
    "What you score on these very targets if you know the rule and always say the likelier bit."
)
BEST_ON_AVERAGE = "The same, on average over very many games."
LUCK = "How many people get your score or a better one if they toss a coin for each answer."


def result_sentence(game: Game, by_luck: str) -> str:
    """The result in sentences."""
    flips = game.coin_flips
    fair = "no fair coin flips" if not flips else f"{flips} fair coin flip" + "s" * (flips != 1)
    marked = " (marked ?, under the targets), which nobody could know" if flips else ""
    sentences = [f"Among these {ROUND} targets were {fair}{marked}."]
    tossers = f"Of all who toss a coin instead, {by_luck} would do as well or better"
    bit, constant = game.constant_guess or (0, -1)
    if game.score > game.best_score:
        sentences.append(
            "You did better than knowing the rule would: where chance decides, you had more luck."
        )
    elif game.score <= constant:
        sentences.append(
            f"With {bit} as the answer every time you would have scored {constant}: you did no "
            "better."
        )
    elif luck(game.score) < HARDLY:
        sentences.append(f"{tossers}: you know something of the rule.")
    else:
        sentences.append(f"{tossers}: this score does not show yet that you know the rule.")
    return " ".join(sentences)


HARDLY = Fraction(1, 20)
"""What is less probable than this is hardly luck: 15 right guesses and more are."""


def _guess(bit: int) -> None:
    st.session_state[PLAYED] = st.session_state[PLAYED].guess(bit)


def _next() -> None:
    """The next game; after the last comes the first."""
    number = int(st.session_state[KEY])
    st.session_state[KEY] = number + 1 if number < (NUMBER.high or 0) else 1
