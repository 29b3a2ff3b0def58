"""Many texts, as a page shows them: what is given, the verdicts, and how good they are."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.sentiment.vocabulary import Vocabulary
from rnnlab.ui.sentiment import many
from tests.pages.opened import drawn, fine, press, texts

PASTE, EXAMPLES = "Judge these lines", "Ten examples"


def page() -> None:
    from rnnlab.ui.sentiment import many

    many.draw()


@pytest.fixture(autouse=True)
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A model that takes what speaks of something good for positive; how many texts it was batches.

    A text that shouts makes it surer.
    """
    calls: list[int] = []

    def probabilities(_, texts):
        calls.append(len(texts))
        return np.array(
            [(0.95 if "!" in text else 0.75) if "good" in text else 0.2 for text in texts]
        )

    model = SimpleNamespace(
        title="Toy",
        most_words=6,
        vocabulary=Vocabulary(("a", "good", "film")),
        readers=(SimpleNamespace(weights={}),),
    )
    monkeypatch.setattr(many, "probabilities", probabilities)
    monkeypatch.setattr(many, "choose_model", lambda: model)
    return calls


def pasted(text: str, app: AppTest | None = None) -> AppTest:
    app = app or drawn(page)
    app.text_area[0].set_value(text)
    return press(app, PASTE)


def test_limits_are_told_before_anything_is_given(batches):
    app = drawn(page)
    assert app.caption[0].value.startswith("At most 2,000 texts of 50,000 characters, 5 MB")
    assert not app.dataframe
    assert batches == []


def test_every_line_gets_a_verdict_in_number_and_words():
    app = pasted("a good film\n\ndull\nso good!\n")
    table = app.dataframe[0].value
    assert table["text"].tolist() == ["a good film", "dull", "so good!"]
    assert table["positive"].tolist() == [75, 20, 95]
    assert table["verdict"].tolist() == ["rather positive", "rather negative", "clearly positive"]
    assert table["unknown words"].tolist() == [0, 100, 50]
    assert "label" not in table
    sentences = texts(app)
    assert (
        "**3 texts, 2 more likely positive than negative**: 1 clearly positive, 1 rather"
        in sentences
    )
    assert "With a column label" in sentences
    assert not app.metric


def test_texts_are_judged_once(batches):
    app = pasted("good\nbad")
    app.run()
    press(app, PASTE)
    assert batches == [2]
    pasted("good\nbad\nbad", app)
    assert batches == [2, 3]


def test_long_and_wordless_texts_are_told():
    sentences = texts(pasted("one two three four five six seven\n🙂\nfine"))
    assert "1 is longer than the 6 words that this model reads: of it, it read the end" in sentences
    assert "1 holds no word at all" in sentences


def test_labels_show_how_good_it_is():
    app = pasted("text\tlabel\na good film\tpos\ndull\tneg\nno good!\tneg\nso so\t\n")
    assert app.dataframe[0].value["right"].tolist() == ["✓", "✓", "✗", ""]
    metrics = {metric.label: metric.value for metric in app.metric}
    # Two of three right: Wilson's interval is 20.8 % to 93.9 %. Two of three are negative.
    assert metrics == {
        "Accuracy": "66.7%",
        "19 times in 20 within": "21% to 94%",
        "Always the same": "66.7%",
    }
    sentences = texts(app)
    assert "Only the 3 of 4 texts that have a label count here." in sentences
    assert "1 negative taken for positive, 0 positive for negative" in sentences
    assert "expected calibration error" in sentences
    assert "said **positive, 95%**; the label is **negative**" in sentences
    assert [text.value for text in app.text] == ["no good!"]
    assert app.dataframe[1].value.to_numpy().tolist() == [
        ["negative", 1, 1, 2],
        ["positive", 0, 1, 1],
        ["all", 1, 2, 3],
    ]


def test_only_the_worst_mistakes_are_unfolded():
    rows = "".join(f"bad number {n},pos\n" for n in range(5))
    app = pasted(f"text,label\n{rows}")
    assert [expander.label for expander in app.expander] == ["2 more"]
    assert len(app.text) == 5


def test_the_examples_are_a_click_away():
    app = press(drawn(page), EXAMPLES)
    assert len(app.dataframe[0].value) == 10
    assert app.text_area[0].value.startswith("text,label\n")
    assert len(app.metric) == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "There is no text yet"),
        ("text,label\ngood,odd", "Row 2 of 'your lines' has the label 'odd'"),
        ("x\n" * 2_001, "has more than 2,000"),
    ],
)
def test_what_cannot_be_judged_is_told_and_the_old_verdicts_stay(typed, sentence):
    app = pasted("good")
    pasted(typed, app)
    (warning,) = app.warning
    assert sentence in warning.value
    assert app.dataframe[0].value["text"].tolist() == ["good"]
    pasted("bad", app)
    assert not app.warning


def test_a_file_is_judged_like_lines():
    app = drawn(page)
    app.segmented_control[0].set_value("Upload a table").run()
    app.file_uploader[0].set_value([("x.csv", "text,label\nclich\xe9,0\n".encode("cp1252"), "")])
    fine(app.run())
    assert app.dataframe[0].value["text"].tolist() == ["cliché"]
    assert "'x.csv': read as Windows-1252" in texts(app)


def test_the_encoding_of_a_file_can_be_changed_and_another_language_is_told():
    app = drawn(page)
    app.segmented_control[0].set_value("Upload a table").run()
    content = "text,label\nclich\xe9,0\n".encode("cp1252")
    app.file_uploader[0].set_value([("x.csv", content, "")]).run()
    assert app.selectbox[0].options[0] == "Windows-1252"
    fine(app.selectbox[0].set_value("Mac Roman").run())
    assert app.dataframe[0].value["text"].tolist() == ["clichÈ"]
    chinese = "text\n" + "送来很快，味道很好\n" * 10
    app.file_uploader[0].set_value([("y.csv", chinese.encode(), "")])
    fine(app.run())
    assert "0 of 20 words are known: these models read English" in texts(app)
    assert not app.selectbox


def test_without_a_model_there_is_nothing_but_the_box(batches, monkeypatch):
    monkeypatch.setattr(many, "choose_model", lambda: None)
    assert not pasted("good").dataframe
    assert batches == []
