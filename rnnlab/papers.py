"""The papers on the shelf: who wrote them, when, and where they can be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """A paper by its `authors`, `title` and `year`; `arxiv` is its number there, if it has one."""

    authors: str
    title: str
    year: int
    arxiv: str = ""
    note: str = ""

    @property
    def citation(self) -> str:
        """As Markdown, in a line: authors, title with its link, year, and what else is known."""
        title = f"“{self.title}”"
        linked = f"[{title}](https://arxiv.org/abs/{self.arxiv})" if self.arxiv else title
        number = f", arXiv {self.arxiv}" if self.arxiv else ""
        note = f". {self.note}" if self.note else ""
        return f"{self.authors}: {linked}, {self.year}{number}{note}."


PAPERS: dict[str, Paper] = {
    "latching": Paper(
        "Yoshua Bengio, Patrice Simard and Paolo Frasconi",
        "Learning long-term dependencies with gradient descent is difficult",
        1994,
    ),
    "memory": Paper("Sepp Hochreiter and Jürgen Schmidhuber", "Long short-term memory", 1997),
    "hard lags": Paper(
        "Sepp Hochreiter and Jürgen Schmidhuber", "LSTM can solve hard long time lag problems", 1997
    ),
    "identity": Paper(
        "Quoc V. Le, Navdeep Jaitly and Geoffrey E. Hinton",
        "A simple way to initialize recurrent networks of rectified linear units",
        2015,
        "1504.00941",
    ),
    "unitary": Paper(
        "Martin Arjovsky, Amar Shah and Yoshua Bengio",
        "Unitary evolution recurrent neural networks",
        2016,
        "1511.06464",
    ),
    "counting": Paper(
        "Gail Weiss, Yoav Goldberg and Eran Yahav",
        "On the practical computational power of finite precision RNNs for language recognition",
        2018,
        "1805.04908",
    ),
    "long counting": Paper(
        "Nadine El-Naggar and others",
        "Exploring the long-term generalization of counting behavior in RNNs",
        2022,
        "2211.16429",
    ),
    "parity": Paper("OpenAI", "Requests for research 2.0", 2018, note="Its first warm-up"),
    "extraction": Paper(
        "Gail Weiss, Yoav Goldberg and Eran Yahav",
        "Extracting automata from recurrent neural networks using queries and counterexamples",
        2018,
        "1711.09576",
    ),
    "languages": Paper(
        "Masaru Tomita",
        "Dynamic construction of finite automata from examples using hill-climbing",
        1982,
    ),
    "reber": Paper(
        "Axel Cleeremans, David Servan-Schreiber and James L. McClelland",
        "Finite state automata and simple recurrent networks",
        1989,
    ),
    "structure": Paper("Jeffrey L. Elman", "Finding structure in time", 1990),
}
"""Each by a short name."""
