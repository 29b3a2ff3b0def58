"""A visitor's own file on the training page: what was read is shown, and what is open is asked."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.files.people import case
from tests.pages.opened import TRAINING, opened


def uploaded(name: str, content: bytes | None = None) -> AppTest:
    app = opened(TRAINING, rule="series")
    return upload(app, name, case(name) if content is None else content)


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not app.exception
    return app


def can_train(app: AppTest) -> bool:
    return any(button.label == "Train" for button in app.button)


def captions(app: AppTest) -> str:
    return " ".join(caption.value for caption in app.caption)


def warnings(app: AppTest) -> str:
    return " ".join(warning.value for warning in app.warning)


def test_a_short_series_trains_at_the_defaults_and_the_page_says_how():
    app = uploaded("D5_airline_144.csv")
    assert can_train(app)
    assert "column 'Passengers': 144 values from 1949\\-01 to 1960-12: 110, 123" in captions(app)
    (info,) = app.info
    assert info.value == (
        "Your series has 125 windows to learn from, fewer than the 250 rows of an update: so an "
        "update takes 15 of them."
    )
    assert "120 updates" in captions(app)  # 8 an epoch
    app.slider(key="window").set_value(20).run()
    assert "takes 13 of them" in app.info[0].value


def test_which_of_two_columns_is_meant_is_asked_before_anything_trains():
    app = uploaded("A8_dollar_columns.csv")
    assert not can_train(app)
    (column,) = [box for box in app.selectbox if "Which one?" in box.label]
    assert column.value is None
    assert column.options == [
        "'Open ($)': 100.73, 101.81, 103.45 …",
        "'Close ($)': 101.73, 102.81, 104.45 …",
    ]
    column.select("'Close ($)'").run()
    assert can_train(app)
    assert "column 'Close (\\$)': 120 values from 2019\\-01-01" in captions(app)
    assert app.session_state["own_series"].array[0] == pytest.approx(101.73)


def test_which_of_two_readings_is_meant_is_asked_before_anything_trains():
    lines = [f"2019-01-01;1,{number:03d}" for number in range(0, 600, 10)]
    app = uploaded("prices.csv", "\n".join(["day;price", *lines]).encode())
    assert not can_train(app)
    (radio,) = app.radio
    assert radio.label == "The numbers in 'price' can be read in two ways. Which is right?"
    assert radio.value is None
    assert radio.options == [
        "1,000 is 1000, 1,010 is 1010, 1,020 is 1020 …",
        "1,000 is 1, 1,010 is 1.01, 1,020 is 1.02 …",
    ]
    radio.set_value(radio.options[0]).run()
    assert app.session_state["own_series"].array[1] == 1010
    app.radio[0].set_value(radio.options[1]).run()
    assert app.session_state["own_series"].array[1] == pytest.approx(1.01)


def test_a_column_that_cannot_be_read_leaves_the_choice_of_the_others():
    lines = [f"{number},{number % 7},{number % 5 or 'x'}" for number in range(3, 90)]
    app = uploaded("two.csv", "\n".join(["a,b,c", *lines]).encode())
    (column,) = [box for box in app.selectbox if "Which one?" in box.label]
    column.select("'c'").run()
    assert "holds 'x' where a number should be" in warnings(app)
    assert not can_train(app)
    (column,) = [box for box in app.selectbox if "Which one?" in box.label]
    column.select("'b'").run()
    assert can_train(app)


def test_another_encoding_can_be_taken():
    lines = "\n".join(f"{number},{number % 9}" for number in range(60))
    app = uploaded("sizes.csv", f"Zähler für Länge,Größe\n{lines}".encode("cp1252"))
    (box,) = [box for box in app.selectbox if box.label == "Encoding"]
    assert box.value == "Windows-1252"
    assert "column 'Größe'" in captions(app)
    assert any("read as Windows-1252" in info.value for info in app.info)
    box.select(box.options[1]).run()
    assert not app.exception
    assert can_train(app)
    assert box.value != "Windows-1252"


def test_a_cell_from_outside_is_shown_as_typed():
    app = uploaded("A8b_dollar_cells.csv")
    assert "\\$7\\*8\\*9 \\[x\\](http" in warnings(app)
    assert not can_train(app)
