"""What the lab's scripts do about what Streamlit's would leave broken."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from rnnlab.ui import scripts
from tests.browser.steps import open_page, settled
from tests.lab import Lab

SCRIPT = """
export default ({ data, parentElement }) => {
  parentElement.textContent = data
  parentElement.follows = data
  return () => { parentElement.follows = null }
}
"""
RUN = """async ([loader, steps]) => {
  const address = URL.createObjectURL(new Blob([loader], { type: "text/javascript" }))
  const { default: draw } = await import(address)
  const parentElement = document.body.appendChild(document.createElement("p"))
  const undo = {}
  for (const [does, data] of steps) {
    if (does === "draw") undo[data] = draw({ data, parentElement })
    else undo[data]()
  }
  const shown = [parentElement.textContent, parentElement.follows]
  parentElement.remove()
  undo.new()
  return [...shown, parentElement.follows]
}"""


@pytest.mark.parametrize(
    "steps",
    [
        "draw:new",
        "draw:old draw:new",
        "draw:old draw:new undo:old",
        "draw:new draw:old undo:old",
        "draw:new draw:old undo:old draw:older undo:older",
        "draw:new draw:old draw:older undo:old undo:older",
        "draw:old draw:new draw:older undo:old undo:older",
    ],
)
def test_the_newest_drawing_stays_in_whatever_order_they_come(
    lab: Lab, page: Page, steps: str
) -> None:
    loader = scripts.loader(SCRIPT)

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body=SCRIPT)

    page.route(re.compile("/scripts/"), answer)
    page.goto(f"{lab.url}/_stcore/health")
    shown, follows, at_the_end = page.evaluate(
        RUN, [loader, [step.split(":") for step in steps.split()]]
    )
    assert (shown, follows, at_the_end) == ("new", "new", None)


def test_a_page_that_lost_a_message_opens_anew_with_what_it_showed(lab: Lab, page: Page) -> None:
    sockets: list[WebSocketRoute] = []

    def pass_on(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket(re.compile("/_stcore/stream"), pass_on)
    open_page(page, f"{lab.url}/data_rules?rule=lags&seed=5")
    settled(page)
    page.evaluate("window.before = true")
    page.wait_for_function("performance.now() > 3500")  # not one that cannot live
    named = ForwardMsg(ref_hash="of a message that it does not have", hash="")
    named.metadata.cacheable = False
    sockets[0].send(named.SerializeToString())
    page.wait_for_function("window.before === undefined")
    page.get_by_role("heading", level=1).wait_for()
    settled(page)
    assert page.url.endswith("/data_rules?rule=lags&seed=5")
    assert len(sockets) == 2
