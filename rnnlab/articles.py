"""The five tutorials that the lab brings to life: title, author and link, as far as known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Article:
    """A tutorial: its `title` in English, the `original` one if it is Chinese, and who wrote it.

    `author` and `link` are empty where they are not known; `note` says what is known besides.
    """

    title: str
    original: str = ""
    author: str = ""
    link: str = ""
    note: str = ""

    @property
    def citation(self) -> str:
        """As Markdown, in a line: author, title with its link, and what else is known."""
        author = f"{self.author}: " if self.author else ""
        title = f"“{self.title}”"
        linked = f"[{title}]({self.link})" if self.link else title
        original = f" ({self.original})" if self.original else ""
        note = f". {self.note}" if self.note else ""
        return f"{author}{linked}{original}{note}."


ARTICLES: dict[str, Article] = {
    "pair": Article(
        "TensorFlow series, part 8: a small recurrent network in seven steps",
        "TensorFlow系列专题(八):七步带你实现RNN循环神经网络小示例",
        note="Its author is not known to us",
    ),
    "echo": Article(
        "How to build a Recurrent Neural Network in TensorFlow",
        author="Erik Hallström",
        link="https://medium.com/@erikhallstrm/hello-world-rnn-83cd7105b767",
        note="We read it in the Chinese translation by Leiphone (雷锋网)",
    ),
    "hand": Article(
        "What is an RNN",
        "什么是 RNN",
        note="This is its first heading; its title and author are not known to us",
    ),
    "sine": Article(
        "TensorFlow in practice, part 8: recurrent networks",
        "Tensorflow实战-8循环神经网络RNN",
        "zoutai",
    ),
    "memory": Article(
        "RNN: understanding and building a neural network with a memory",
        "RNN,具有记忆功能神经网络的理解与实现",
        "望月从良, “Coding Disney” (Coding迪斯尼)",
        note="Published in 2018, also in Tencent Cloud's developer community",
    ),
}
"""Each by a short name, in the order in which the lab counts them."""
