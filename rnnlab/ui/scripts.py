"""The scripts of the lab's own pictures, with their styles, which a browser loads once and keeps.

Streamlit would send the script and the style of a component anew with every picture that it draws.
"""

from __future__ import annotations

import hashlib
import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_scripts: dict[str, str] = {}

# What lies under such an address never changes.
_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable"}


def loader(script: str, style: str = "") -> str:
    """A short script that has the browser load this one, and draws with it and with this style.

    What a drawing returns undoes it. Streamlit calls that when the picture goes, but also for what
    is outdated by the time that the script has come. Two drawings that waited for the script are
    made in any order, and the outdated one is undone after both (1.67): the newer one is made again
    then, unless it came last.
    """
    styled = f"{script}\nexport const style = {json.dumps(style)}\n" if style else script
    return f"""const address = new URL("{path_of(styled)}", document.location.href)
const {{ default: draw, style = "" }} = await import(address.href)
const sheet = new CSSStyleSheet()
sheet.replaceSync(style)
const made = new WeakMap() // of each element: its drawings that are not undone, the latest last
const KEPT = 8
export default given => {{
  const element = given.parentElement
  const root = element.getRootNode(), styles = root.adoptedStyleSheets
  if (!styles.includes(sheet)) root.adoptedStyleSheets = [...styles, sheet]
  const drawing = {{ given, undo: draw(given) }}
  made.set(element, [...made.get(element) ?? [], drawing].slice(-KEPT))
  return () => {{
    const left = made.get(element).filter(one => one !== drawing), newest = left.at(-1)
    const covered = made.get(element).at(-1) !== drawing
    made.set(element, left)
    if (covered) return
    if (newest && element.isConnected) newest.undo = draw(newest.given)
    else drawing.undo?.()
  }}
}}
"""


def path_of(script: str) -> str:
    """Where browsers find this script, beside every page."""
    name = hashlib.sha256(script.encode()).hexdigest()[:16]
    _scripts[name] = script
    return f"scripts/{name}.js"


async def _serve(request: Request) -> Response:
    script = _scripts.get(request.path_params["name"])
    if script is None:
        return Response(status_code=404)
    return Response(script, media_type="text/javascript", headers=_HEADERS)


ROUTE = Route("/scripts/{name}.js", _serve)
"""Where browsers find the scripts."""
