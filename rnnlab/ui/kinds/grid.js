// A map of runs: a button a cell, which fills as results come. A click reads a cell, a second one
// opens it. The arrow keys go to the neighbours. Nothing is drawn twice.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".map")
  const layout = JSON.stringify([data.columns, data.rows, data.alt])
  if (root.dataset.layout !== layout) {
    root.dataset.layout = layout
    build(root, data)
  }
  root.tell = setTriggerValue
  root.chosen = data.chosen
  const buttons = root.querySelectorAll(".cell")
  data.cells.flat().forEach((cell, place) => fill(buttons[place], cell, data))
  root.querySelector(".words").textContent = data.words
}

function build(root, data) {
  const cells = element("div", "cells", "")
  cells.setAttribute("role", "group")
  cells.setAttribute("aria-label", data.alt)
  cells.style.setProperty("--columns", data.columns.length)
  cells.style.setProperty("--rows", data.rows.length)
  cells.style.setProperty("--learnt", data.learnt)
  cells.style.setProperty("--edge", data.edge)
  data.columns.forEach((text, c) => cells.append(put(element("div", "head across", text), -1, c)))
  data.rows.forEach((text, r) => {
    cells.append(put(element("div", "head down", text), r, -1))
    data.columns.forEach((_, c) => {
      const cell = put(element("button", "cell", ""), r, c)
      cell.tabIndex = r || c ? -1 : 0
      cell.onclick = () => press(root, r, c, cell)
      cell.onfocus = () => {
        cells.querySelectorAll(".cell").forEach(one => { one.tabIndex = one === cell ? 0 : -1 })
      }
      cell.onkeydown = event => move(event, cell, cells)
      cells.append(cell)
    })
  })
  const words = element("p", "words", "")
  words.setAttribute("role", "status")
  root.classList.toggle("turns", data.turns)
  root.classList.toggle("still", data.still)
  root.replaceChildren(element("p", "axis", data.axis), cells, words)
}

function press(root, r, c, cell) {
  if (cell.classList.contains("empty")) return
  const again = root.chosen && root.chosen[0] === r && root.chosen[1] === c
  root.tell(again ? "opened" : "picked", [r, c])
}

function fill(button, cell, data) {
  if (button.textContent !== cell.text) button.textContent = cell.text
  button.style.setProperty("--share", cell.share)
  button.title = cell.words
  button.setAttribute("aria-label", cell.words)
  const [r, c] = data.chosen || []
  const chosen = Number(button.dataset.r) === r && Number(button.dataset.c) === c
  button.className = ["cell", cell.empty ? "empty" : "", chosen ? "chosen" : "", ...cell.edges].join(" ")
  button.setAttribute("aria-pressed", String(chosen))
}

// The map may be turned on a narrow screen, so neighbours are those one sees.
function move(event, here, cells) {
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
  if (!way) return
  event.preventDefault()
  const middle = one => {
    const box = one.getBoundingClientRect()
    return [box.left + box.width / 2, box.top + box.height / 2]
  }
  const [x, y] = middle(here)
  const found = [...cells.querySelectorAll(".cell")].map(one => {
    const [a, b] = middle(one)
    return { one, along: (a - x) * way[0] + (b - y) * way[1], beside: Math.abs((a - x) * way[1]) + Math.abs((b - y) * way[0]) }
  }).filter(({ along, beside }) => along > 2 && beside < 3)
  found.sort((one, other) => one.along - other.along)[0]?.one.focus()
}

function put(made, r, c) {
  made.style.setProperty("--r", r)
  made.style.setProperty("--c", c)
  made.dataset.r = r
  made.dataset.c = c
  return made
}

function element(tag, name, text) {
  const made = document.createElement(tag)
  if (name) made.className = name
  made.textContent = text
  return made
}
