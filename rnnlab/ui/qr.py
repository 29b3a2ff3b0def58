"""A link as a QR code, drawn here: nothing is fetched, and nobody is told of it."""

from __future__ import annotations

from io import BytesIO

import segno
import streamlit as st
from segno.encoder import DataOverflowError

from rnnlab.errors import SettingError
from rnnlab.ui.markdown import escape_markdown

MOST_BYTES = 2_953
"""What the largest QR code holds at its lowest level of error correction (ISO/IEC 18004)."""


def show(link: str, alt: str, width: int) -> None:
    """Draw the code of a link, `width` pixels wide, or say why it has none; `alt` names its aim."""
    try:
        picture = qr(link)
    except SettingError as error:
        st.warning(escape_markdown(str(error)), icon=":material/link_off:")
    else:
        st.image(picture, width=width, alt=alt)


def qr(text: str) -> str:
    """The text as a QR code: an SVG image, black on white with its quiet zone, in light and dark.

    A `SettingError` says that the text is too long (`MOST_BYTES`).
    """
    try:
        code = segno.make_qr(text, error="l")  # or a higher level, where it fits
    except DataOverflowError as error:
        raise SettingError(
            f"A QR code holds at most {MOST_BYTES:,} bytes, but this link has "
            f"{len(text.encode()):,}. The link itself works all the same."
        ) from error
    picture = BytesIO()
    code.save(picture, kind="svg", xmldecl=False, light="white", omitsize=True)
    return picture.getvalue().decode()
