"""The training page in a real browser: what a class does, and the numbers it should read."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from rnnlab.presets import PRESETS
from tests.browser.steps import (
    choose,
    expect_points,
    metric,
    numbers,
    open_page,
    press,
    settled,
    text_of,
    train,
    wait_for,
    wait_for_the_end,
)
from tests.lab import Lab, running_lab
from tests.slow import slow_but

LONG = "rule=echo&rows=50&length=20000&window=20&units=32&epochs=100"


def test_home_leads_to_every_question(lab: Lab, page: Page) -> None:
    open_page(page, lab.url)
    for preset in PRESETS.values():
        link = page.get_by_role("link", name=preset.question)
        expect(link).to_be_visible()
        asked = urlsplit(link.get_attribute("href") or "")
        assert asked.path == "training"
        assert parse_qs(asked.query)["preset"] == [preset.name]
    page.get_by_role("link", name=PRESETS["lags"].question).click()
    expect(page.get_by_role("heading", name=PRESETS["lags"].question)).to_be_visible()


KINDS = ("pair", "pair-too-late", "sine", "sine-as-printed", "adding", "latch", "embedded-reber")
"""One question of each kind: a rule on bits, one that cannot be learnt, waves, a sum, a state
machine, letters. What the others reach the check sees in `tests/test_presets_train.py`."""


@pytest.mark.parametrize("name", slow_but(KINDS, PRESETS))
def test_every_question_ends_in_the_number_it_promises(lab: Lab, page: Page, name: str) -> None:
    preset = PRESETS[name]
    open_page(page, f"{lab.url}/training?preset={preset.name}")
    expect(page.get_by_role("heading", name=preset.question)).to_be_visible()
    settled(page)
    train(page)
    wait_for_the_end(page, seconds=120)
    loss = float(metric(page, "Loss, last epoch"))
    assert preset.loss[0] <= loss <= preset.loss[1]
    if preset.accuracy is not None:
        accuracy = float(metric(page, "Right guesses").rstrip("%")) / 100
        assert preset.accuracy[0] <= accuracy <= preset.accuracy[1]
    else:
        assert float(metric(page, "Root of it")) == pytest.approx(loss**0.5, rel=0.01)
    wait_for(page, preset.afterwards[:40])
    expect_points(page, 100)


def test_the_curve_is_drawn_while_it_trains_and_stop_stops_it(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?{LONG}&seed=11")
    train(page)
    wait_for(page, "Training: update")
    expect_points(page, 1)
    page.get_by_role("button", name="Stop", exact=True).click()
    wait_for(page, "Stopped at update")
    settled(page)  # its result may hold one chunk more than had travelled here
    before = wait_for(page, "Stopped at update")
    choose(page, "Logarithmic")
    settled(page)
    assert wait_for(page, "Stopped at update") == before
    expect(page.get_by_role("button", name="Go on")).to_be_enabled()
    expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)


def test_a_link_opened_on_another_server_gives_the_same_numbers(
    lab: Lab, page: Page, browser: Browser, tmp_path: Path
) -> None:
    open_page(page, f"{lab.url}/training?rule=echo&rows=7&length=3000&units=3&epochs=3")
    page.get_by_role("button", name="With other luck").click()
    wait_for_the_end(page)
    page.get_by_text("The link to this experiment").click()
    link = text_of(
        page.get_by_test_id("stCode").filter(has_text="http"), r"^http\S*[?&]seed=2\b\S*$"
    )
    on_show = {"run": ["to=end"]}
    assert parse_qs(urlsplit(link).query) | on_show == parse_qs(urlsplit(page.url).query)
    assert parse_qs(urlsplit(link).query)["seed"] == ["2"]
    here = numbers(page)
    with running_lab(tmp_path) as elsewhere:
        friend = browser.new_page()
        open_page(friend, f"{elsewhere.url}/training?{urlsplit(link).query}")
        train(friend)
        wait_for_the_end(friend, seconds=120)
        assert numbers(friend) == here
        friend.close()


def test_weights_that_run_away_end_the_run_with_advice(lab: Lab, page: Page) -> None:
    runaway = "activation=linear&optimizer=adagrad&learning_rate=5.0&units=64&window=50&epochs=3"
    open_page(page, f"{lab.url}/training?{runaway}")
    train(page)
    assert "Try a learning rate below 5" in wait_for(page, "stopped being a number")


def test_a_killed_worker_is_replaced_and_the_page_says_so(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?{LONG}&seed=12&epochs=20")
    train(page)
    wait_for(page, "Training: update")
    for worker in lab.workers():
        worker.kill()
    wait_for(page, "killed", seconds=60)
    wait_for(page, "Training: update", seconds=90)
    page.get_by_role("button", name="Stop", exact=True).click()
    wait_for(page, "Stopped at")


def test_everything_is_reached_by_keyboard(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?epochs=1&length=700")
    settled(page)
    button = page.get_by_role("button", name="Train", exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    wait_for(page, "Done:")


def test_no_page_asks_anything_of_another_server(lab: Lab, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/training"):
        open_page(page, lab.url + path)
        settled(page)
    foreign = [url for url in asked if not url.startswith((lab.url, "data:", "blob:"))]
    assert asked
    assert foreign == []


@pytest.mark.parametrize("way", ["environment", "secret"])
def test_a_cluster_that_does_not_answer_gets_one_sentence_and_the_lab_works_on(
    browser: Browser, tmp_path: Path, way: str
) -> None:
    address = "tls://127.0.0.1:9"
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'RNNLAB_SCHEDULER = "{address}"\n')
    options = [f"--secrets.files={secrets}"] if way == "secret" else []
    variables = {"RNNLAB_SCHEDULER": address} if way == "environment" else {}
    with running_lab(tmp_path, *options, **variables) as stranded:
        page = browser.new_page()
        open_page(page, f"{stranded.url}/training")
        settled(page)
        train(page)
        assert address in wait_for(page, address)
        page.get_by_role("link", name="Home").click()
        expect(
            page.get_by_role("heading", name="What can a recurrent network learn?")
        ).to_be_visible()
        page.close()


def test_the_address_follows_from_one_question_to_the_next(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?preset=echo")
    for name in ("pair-too-late", "echo-too-short", "pair-too-late"):
        preset = PRESETS[name]
        press(page, "Other questions")
        page.get_by_role("link", name=preset.title, exact=True).click()
        expect(page.get_by_role("heading", name=preset.question)).to_be_visible()
        settled(page)
        wanted = {knob: [value] for knob, value in preset.settings.to_query().items()}
        assert parse_qs(urlsplit(page.url).query) == wanted
