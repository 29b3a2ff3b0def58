"""Signs that programs wrote for others: &quot; for a quotation mark, \\n for a line end."""

from __future__ import annotations

import html
import re

_REFERENCE = re.compile(
    r"&(?:amp;)?(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
)
# Not C:\notes: a drive stands before that backslash.
_LINE_END = re.compile(r"(?<![\\:])(?:\\r)?\\n")


def plain_text(text: str) -> str:
    """The text with the signs that HTML's references and backslashes stand for."""
    if "&" in text:
        text = _REFERENCE.sub(lambda match: _meant(match[0]), text)
    return _LINE_END.sub("\n", text) if "\\" in text else text


def _meant(reference: str) -> str:
    """The sign of a reference, which itself may have been written with one: &amp;quot;."""
    return html.unescape(html.unescape(reference))
