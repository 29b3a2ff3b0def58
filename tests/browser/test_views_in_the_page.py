"""What one can look at and take away after a run, in a real browser."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from rnnlab.script import keras_script
from rnnlab.settings import Settings
from rnnlab.ui.training.views import fitting
from tests.browser.steps import (
    cells,
    download,
    expect_marks,
    metric,
    open_page,
    open_view,
    picture,
    press,
    settled,
    too_wide,
    train_to_the_end,
    views,
    wait_for,
)
from tests.lab import Lab
from tests.slow import slow_but

PICTURES = {
    "Last window": "Inputs, targets and predicted",
    "Letter by letter": "chance for each of",
    "What it says": "Real and predicted values",
    "On its own": "reads its own predictions",
    "What it remembers": "of every unit of layer 1",
    "Its gates": "How far the gates",
    "What it knows": "probability of a 1 for each true chance",
    "Where memory ends": "by how many steps back",
    "Longer strings": "by step, up to step",
    "Its gradient": "of the gradient",
    "Memory capacity": "hold the input of each of",
    "Switch parts off": "foretold by the gradient",
    "Its weights": "before training and now, as shades",
}
"""By title, words by which the chart of a view is found."""

ECHO = "rule=echo&rows=7&length=3000&units=3&epochs=3"
RUNS = {
    "strings of a machine": "rule=tomita&rows=20&window=10&length=1000&units=4&epochs=2",
    "echo, lstm, two layers": f"{ECHO}&cell=lstm&layers=2&epochs=1",
    "toy": "rule=toy&units=4&epochs=200",
    "sine": "rule=sine&rows=32&window=10&units=5&epochs=2",
    "letters": "rule=embedded-reber&rows=20&window=20&length=1000&units=4&epochs=2",
    "adding": "rule=adding&window=30&cell=gru&units=4&epochs=1",
}
FIRST = ("strings of a machine", "echo, lstm, two layers", "letters", "sine")
"""Together they have every view."""


@pytest.mark.parametrize("run", slow_but(FIRST, RUNS))
def test_every_view_of_a_run_draws_something_and_fits_on_a_phone(
    lab: Lab, page: Page, run: str
) -> None:
    query = RUNS[run]
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"{lab.url}/training?{query}")
    train_to_the_end(page)
    titles = [*fitting(Settings.of(Settings.read(dict(parse_qsl(query)))))]
    assert [*views(page)] == titles
    for title in titles:
        open_view(page, title)
        if title == "What it says" and "toy" in query:
            assert len(cells(page, rows=3)) == 4
        elif title in PICTURES:
            chart = picture(page, PICTURES[title])
            expect(chart.locator("svg")).to_be_visible()
            expect_marks(chart, 1)
        assert (title, max(too_wide(page), 0)) == (title, 0)
        expect(page.get_by_role("alert")).to_have_count(0)


def test_a_state_of_the_machine_inside_can_be_clicked(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?preset=latch&cover=off")
    train_to_the_end(page)
    open_view(page, "The machine inside")
    wait_for(page, "The machine inside")
    machines = page.locator("[data-testid=stVegaLiteChart][aria-label*='A machine with']")
    expect(machines).to_have_count(2)
    expect(machines.first.locator("svg")).to_be_visible()
    settled(page)  # the picture is drawn anew, and only then has its place
    number = machines.first.locator("g.mark-text text").filter(has_text=re.compile("^2$"))
    box = number.first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    states = page.get_by_role("radiogroup", name="State of the network")
    expect(states.get_by_role("radio", name="2", exact=True)).to_be_checked()
    expect(page).to_have_url(re.compile("inside_state=2"))
    expect(picture(page, "What each unit says in state 2")).to_be_visible()
    wait_for(page, "In state 2 the network says")
    expect_marks(picture(page, "What each unit says in state 2"), 2)


def test_the_replay_leads_back_to_the_first_weights_by_keyboard(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?{ECHO}")
    train_to_the_end(page)
    open_view(page, "What it knows")
    slider = page.get_by_role("slider", name="Replay")
    points = picture(page, PICTURES["What it knows"]).locator(".mark-symbol")
    expect(slider).to_have_attribute("aria-valuetext", "1,800")
    drawings = [points.first.inner_html()]
    for key in ("ArrowLeft", "Home"):
        slider.press(key)
        expect(points.first).not_to_have_js_property("innerHTML", drawings[-1])
        settled(page)
        drawings.append(points.first.inner_html())
    expect(slider).to_have_attribute("aria-valuetext", "0")
    assert len(set(drawings)) == len(drawings)
    open_view(page, "Download")
    wait_for(page, "The weights are those after 0 updates")


def test_everything_that_is_taken_away_can_be_used_without_the_lab(
    lab: Lab, page: Page, tmp_path: Path
) -> None:
    settings = Settings.of({"rule": "echo", "rows": 7, "length": 3000, "units": 3, "epochs": 3})
    open_page(page, f"{lab.url}/training?{ECHO}")
    train_to_the_end(page)
    open_view(page, "Download")

    table = pd.read_csv(download(page, "Every update (CSV)", tmp_path))
    assert list(table) == ["update", "loss", "accuracy"]
    assert list(table["update"]) == list(range(1, settings.updates + 1))
    last_epoch = table["loss"].tail(settings.updates_per_epoch).mean()
    assert f"{last_epoch:.4g}" == metric(page, "Loss, last epoch")

    weights = download(page, "Weights (.npz)", tmp_path)
    assert weights.name == f"{settings.rule}-seed-{settings.seed}.npz"
    with np.load(weights) as file:
        shapes = {name: file[name].shape for name in file.files}
    assert shapes == dict(settings.network.shapes)

    script = download(page, "The script (.py)", tmp_path).read_text()
    assert script == keras_script(settings)
    compile(script, "echo.py", "exec")

    press(page, "Prepare the Keras model")
    page.get_by_test_id("stDownloadButton").filter(has_text=".keras").wait_for()
    model = download(page, "Keras model (.keras)", tmp_path)
    assert predicted_shape(model, (7, 5, 1)) == "(7, 5, 2)"
    assert download(page, "Weights for Keras (.h5)", tmp_path).name.endswith(".weights.h5")
    wait_for(page, "wrote both. The model opens with")


def predicted_shape(model: Path, shape: tuple[int, ...]) -> str:
    """What Keras says to zeros of this shape, in a process that has never heard of the lab."""
    code = (
        "import sys, keras, numpy\n"
        f"said = keras.models.load_model(sys.argv[1]).predict(numpy.zeros({shape}), "
        f"batch_size={shape[0]}, verbose=0)\n"
        "assert 'rnnlab' not in sys.modules and numpy.allclose(said.sum(axis=-1), 1, atol=1e-5)\n"
        "print(said.shape)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(model)],
        cwd=model.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.strip().splitlines()[-1]
