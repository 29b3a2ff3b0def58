"""State machines found by asking: whoever answers after every word of bits shows a machine inside.

Angluin, "Learning regular sets from queries and counterexamples" (1987): two words lead to the same
state if all that can follow is answered alike after both. Words that tell states apart come from
counterexamples, found as Rivest & Schapire (1993) do. Weiss, Goldberg & Yahav (2018, arXiv
1711.09576) let a recurrent network be the one who is asked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

Word = tuple[int, ...]
Answer = str

IMPOSSIBLE: Answer = "cannot come"
"""The answer to a word with a bit in it that cannot follow those before it."""

UNASKED: Answer = "not asked"
"""The answer before the first bit, where there is none."""

BITS = (0, 1)

Teacher = Callable[[Sequence[Word]], list[Answer]]
"""Answers words; nothing but the answer to a word may depend on how they are asked."""


@dataclass(frozen=True)
class Automaton:
    """States by number, 0 the one before the first bit; `words` lead there, one each.

    `after` has for each state where a 0 and where a 1 lead, None where that bit cannot come;
    `answers` what is said where a bit has led to the state.
    """

    after: tuple[tuple[int | None, int | None], ...]
    answers: tuple[Answer, ...]
    words: tuple[Word, ...]

    def path(self, word: Word) -> list[int | None]:
        """The state before the first bit of a word, and after each; None once one cannot come."""
        states: list[int | None] = [0]
        for bit in word:
            state = states[-1]
            states.append(None if state is None else self.after[state][bit])
        return states

    def answer(self, word: Word) -> Answer:
        """What it says after a word."""
        state = self.path(word)[-1]
        return IMPOSSIBLE if state is None else self.answers[state]


def learn(
    teacher: Teacher,
    counterexample: Callable[[Automaton], Word | None],
    most_states: int,
) -> Automaton | None:
    """The smallest machine that answers as the teacher, as far as `counterexample` can tell.

    That gives a word which the machine answers otherwise than the teacher, or None. The result is
    None if it takes more than `most_states`.
    """
    table = _Table(teacher)
    while True:
        if not table.close(most_states):
            return None
        hypothesis = table.automaton()
        word = counterexample(hypothesis)
        if word is None:
            return _with_known_start(hypothesis)
        table.tell_apart(hypothesis, word)


def difference(first: Automaton, second: Automaton) -> Word | None:
    """A shortest word that the two answer otherwise, None if there is none."""
    waiting: deque[tuple[int, int, Word]] = deque([(0, 0, ())])
    met = {(0, 0)}
    while waiting:
        here, there, word = waiting.popleft()
        for bit in BITS:
            after, longer = (first.after[here][bit], second.after[there][bit]), (*word, bit)
            if first.answer(longer) != second.answer(longer):
                return longer
            if after[0] is not None and after[1] is not None and after not in met:
                met.add(after)  # type: ignore[arg-type]
                waiting.append((after[0], after[1], longer))
    return None


class _Table:
    """Words to states, and the endings that tell them apart: Angluin's observation table."""

    def __init__(self, teacher: Teacher) -> None:
        self._teacher = teacher
        self._known: dict[Word, Answer] = {}
        self._words: list[Word] = [()]
        self._endings: list[Word] = [()]

    def close(self, most_states: int) -> bool:
        """Find a state for wherever a bit leads; False if there are too many."""
        while True:
            rows = self._rows([*self._words, *self._further()])
            have = {rows[word] for word in self._words}
            new: dict[tuple[Answer, ...], Word] = {}
            for word in self._further():
                if rows[word][0] != IMPOSSIBLE and rows[word] not in have:
                    new.setdefault(rows[word], word)
            if not new:
                return True
            self._words += new.values()
            if len(self._words) > most_states:
                return False

    def automaton(self) -> Automaton:
        """The machine by what is known; the table must be closed."""
        rows = self._rows([*self._words, *self._further()])
        number = {rows[word]: k for k, word in enumerate(self._words)}
        after = [tuple(number.get(rows[(*word, bit)]) for bit in BITS) for word in self._words]
        answers = tuple(rows[word][0] for word in self._words)
        return Automaton(tuple(after), answers, tuple(self._words))  # type: ignore[arg-type]

    def tell_apart(self, hypothesis: Automaton, word: Word) -> None:
        """Add the ending of a counterexample that shows two words of one state to differ.

        Where its beginning is replaced by the word of the state it leads to, the answer changes
        between two lengths of beginning: the rest after the longer one is that ending.
        """
        path = hypothesis.path(word)
        asked = [
            None if state is None else (*hypothesis.words[state], *word[k:])
            for k, state in enumerate(path)
        ]
        given = iter(self._ask([query for query in asked if query is not None]))
        answers = [IMPOSSIBLE if query is None else next(given) for query in asked]
        k = next(k for k in range(len(word)) if answers[k] != answers[k + 1])
        self._endings.append(word[k + 1 :])

    def _further(self) -> list[Word]:
        return [(*word, bit) for word, bit in product(self._words, BITS)]

    def _rows(self, words: Sequence[Word]) -> dict[Word, tuple[Answer, ...]]:
        """The answers to each word with each ending."""
        self._ask([word + ending for word, ending in product(words, self._endings)])
        return {
            word: tuple(self._known[word + ending] for ending in self._endings) for word in words
        }

    def _ask(self, words: Sequence[Word]) -> list[Answer]:
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if new:
            self._known |= zip(new, self._teacher(new), strict=True)
        return [self._known[word] for word in words]


def _with_known_start(automaton: Automaton) -> Automaton:
    """Without a state of its own before the first bit, if another one leads where that leads."""
    same = [k for k in range(1, len(automaton.after)) if automaton.after[k] == automaton.after[0]]
    if automaton.answers[0] != UNASKED or not same:
        return automaton
    order = [same[0], *(k for k in range(1, len(automaton.after)) if k != same[0])]
    place = {old: new for new, old in enumerate(order)}
    after = tuple(
        tuple(None if to is None else place[to] for to in automaton.after[old]) for old in order
    )
    words = ((), *(automaton.words[old] for old in order[1:]))
    return Automaton(after, tuple(automaton.answers[old] for old in order), words)  # type: ignore[arg-type]
