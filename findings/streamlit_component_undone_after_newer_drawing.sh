#!/bin/sh
# Streamlit 1.67.0 (components v2): what an outdated drawing returned is called after the newer one.
#
# A component's default function draws, and returns a function that undoes it. One expects it as
# effects go: where the data change while the component's module is still loading, either only the
# new data are drawn, or the old drawing is undone before the new one is made.
#
# What happens: once the module is there, the old data are drawn, then the new, and only then is the
# old drawing undone. Both were given the same element, so what undoes the first (closes a
# connection, empties the element) takes away what the second has set up, and no later call comes. On
# a fast network the module is there before the data change; on a slow one the picture stays dead.
#
# Exit status: 0 while it is so, 1 once it has changed. A Chromium is taken from the PATH, or fetched.
set -eu
folder=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "streamlit==1.67.0" "playwright==1.61.0"
cat > "$folder/app.py" <<'PYTHON'
import time

import streamlit as st

SCRIPT = """
await new Promise(done => setTimeout(done, 3000)) // a module that loads for three seconds
const told = (globalThis.told ??= [])
export default ({ data }) => {
  told.push(`drawn ${data}`)
  return () => told.push(`undone ${data}`)
}
"""
component = st.components.v2.component("late", html="<p>late</p>", js=SCRIPT)
component(key="late", data=st.session_state.setdefault("data", "old"))
if st.session_state.data == "old":
    time.sleep(1)
    st.session_state.data = "new"
    st.rerun()
PYTHON
cat > "$folder/visit.py" <<'PYTHON'
import shutil
import sys
import urllib.request
from time import sleep

import streamlit
from playwright.sync_api import sync_playwright

URL = "http://127.0.0.1:8931"
for _ in range(300):
    try:
        urllib.request.urlopen(f"{URL}/_stcore/health")
        break
    except OSError:
        sleep(0.2)
chromium = shutil.which("chromium") or shutil.which("chromium-browser")
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(URL)
    page.wait_for_function("globalThis.told?.length > 1", timeout=60_000)
    page.wait_for_timeout(1000)
    told = page.evaluate("globalThis.told")
    browser.close()
print("streamlit", streamlit.__version__)
print("\n".join(told))
unchanged = told == ["drawn old", "drawn new", "undone old"]
print("as described" if unchanged else "CHANGED: it is called in another order now")
sys.exit(0 if unchanged else 1)
PYTHON
command -v chromium > /dev/null || command -v chromium-browser > /dev/null ||
    "$folder/venv/bin/playwright" install --with-deps chromium
"$folder/venv/bin/streamlit" run "$folder/app.py" --server.port 8931 --server.headless true \
    --browser.gatherUsageStats false > "$folder/server.log" 2>&1 &
server=$!
"$folder/venv/bin/python" "$folder/visit.py"
