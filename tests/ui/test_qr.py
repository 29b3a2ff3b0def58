"""A QR code says what it was made of: read by another library, from the picture itself."""

from __future__ import annotations

import re

import numpy as np
import pytest
import zxingcpp

from rnnlab.errors import SettingError
from rnnlab.ui.class_board import invitation
from rnnlab.ui.qr import MOST_BYTES, qr
from tests.pages.opened import drawn

LINKS = [
    "http://192.168.1.20:8501/training?preset=pair&board=7KXW3P",
    "https://lab.school.example/training?rule=own&expression=x%5Bt-1%5D&board=7KXW3P",
    "http://localhost/?lesson=Was+lernt+es%3F ü 水",
    "http://localhost/?lesson=" + "0123456789abcdef" * 180,
]
MODULE = 4  # pixels


def pixels(svg: str) -> np.ndarray:
    """The strokes of the picture as an image, 0 where it is dark."""
    (side,) = map(int, re.findall(r'viewBox="0 0 (\d+) \1"', svg))
    (path,) = re.findall(r'class="qrline" stroke="#000" d="([^"]*)"', svg)
    dark, x, y = np.zeros((side, side), bool), 0.0, 0.0
    for kind, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", path):
        if kind == "h":
            dark[int(y), int(x) : int(x) + int(first)] = True
            x += float(first)
        elif kind == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    return np.where(np.kron(dark, np.ones((MODULE, MODULE), bool)), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("link", LINKS, ids=len)
def test_another_library_reads_the_link(link: str) -> None:
    (found,) = zxingcpp.read_barcodes(pixels(qr(link)))
    assert found.text == link


def test_it_has_its_quiet_zone_and_a_white_ground() -> None:
    image = pixels(qr(LINKS[0]))
    edge = 4 * MODULE
    assert image[:edge].min() == image[-edge:].min() == image[:, :edge].min() == 255
    assert 'fill="#fff"' in qr(LINKS[0])


def of_link(link: str) -> None:
    from rnnlab.ui import qr

    qr.show(link, "what it opens", width=200)


def test_a_page_shows_the_picture_or_why_there_is_none() -> None:
    shown = drawn(of_link, LINKS[0])
    assert len(shown.get("image")) == 1
    assert not shown.warning
    too_long = drawn(of_link, "a" * (MOST_BYTES + 1))
    assert not too_long.get("image")
    assert "2,954" in too_long.warning[0].value


def of_invitation() -> None:
    from rnnlab.ui.class_board import invitation

    invitation.choose("7KXW3P")


def test_a_class_is_invited_by_the_link_alone_where_it_is_too_long_for_a_code() -> None:
    names = [sign * 17 for sign in "水火木金土日月年"]  # nine bytes a sign in a link
    lines = [f"{name}: 0 -> {names[0]}, 1 -> {names[1]}, says 0" for name in names]
    own = {"rule": "own-machine", "states": ";".join(lines)}
    app = drawn(of_invitation, **own, **{invitation.QUESTION: invitation.AS_TURNED})
    link = app.code[0].value
    assert len(link) > MOST_BYTES
    assert link.endswith("board=7KXW3P")
    assert [f"{len(link):,}" in warning.value for warning in app.warning] == [True]


def test_what_is_too_long_is_one_sentence() -> None:
    qr("a" * MOST_BYTES)
    with pytest.raises(SettingError, match="at most 2,953 bytes, but this link has 2,954"):
        qr("a" * (MOST_BYTES + 1))
