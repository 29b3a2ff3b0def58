"""The scripts of the lab's own pictures, which a browser loads once and keeps.

Streamlit would send the script of a component anew with every picture that it draws.
"""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_scripts: dict[str, str] = {}

# What lies under such an address never changes.
_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable"}


def loader(script: str) -> str:
    """A short script that has the browser load this one, and exports what it exports as default."""
    return (
        f'const address = new URL("{path_of(script)}", document.location.href)\n'
        "const script = await import(address.href)\n"
        "export default script.default\n"
    )


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
