// A map of runs: a button a cell, which fills as results come. A press reads a cell, a second one
// opens it. The arrow keys go to the neighbours. Nothing is drawn twice.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".map")
  const layout = JSON.stringify([data.columns, data.rows, data.alt])
  if (root.dataset.layout !== layout) {
    root.dataset.layout = layout
    build(root, data)
  }
  root.report = setTriggerValue
  root.chosen = data.chosen
  root.link = data.link
  const buttons = root.querySelectorAll(".cell")
  data.cells.flat().forEach((cell, index) => fill(buttons[index], cell, data))
  root.querySelector(".hint").textContent = data.hint
}

function build(root, data) {
  const cells = element("div", "cells", "")
  cells.setAttribute("role", "group")
  cells.setAttribute("aria-label", data.alt)
  cells.style.setProperty("--columns", data.columns.length)
  cells.style.setProperty("--rows", data.rows.length)
  cells.style.setProperty("--learnt", data.learnt)
  cells.style.setProperty("--edge", data.edge)
  data.columns.forEach((text, c) => cells.append(at(-1, c, element("div", "head across", text))))
  data.rows.forEach((text, r) => {
    cells.append(at(r, -1, element("div", "head down", text)))
    data.columns.forEach((_, c) => {
      const button = at(r, c, element("button", "cell", ""))
      button.tabIndex = r || c ? -1 : 0
      button.onclick = () => press(root, r, c, button)
      button.onfocus = () => {
        cells.querySelectorAll(".cell").forEach(other => { other.tabIndex = other === button ? 0 : -1 })
      }
      button.onkeydown = event => move(event, button, cells)
      cells.append(button)
    })
  })
  const hint = element("p", "hint", "")
  hint.setAttribute("role", "status")
  root.classList.toggle("turns", data.turns)
  root.classList.toggle("still", data.still)
  root.replaceChildren(element("p", "axis", data.axis), cells, hint)
}

function press(root, r, c, button) {
  if (button.classList.contains("empty")) return
  const second = root.chosen && root.chosen[0] === r && root.chosen[1] === c
  if (second && root.link) follow(root)
  else root.report("picked", [r, c])
}

function follow(root) {
  const link = Object.assign(document.createElement("a"), { href: root.link, className: "of-lab" })
  root.append(link)
  link.click()
  link.remove()
}

function fill(button, cell, data) {
  if (button.textContent !== cell.text) button.textContent = cell.text
  button.style.setProperty("--share", cell.share)
  button.title = cell.label
  button.setAttribute("aria-label", cell.label)
  const [r, c] = data.chosen || []
  const chosen = Number(button.dataset.r) === r && Number(button.dataset.c) === c
  button.classList.toggle("empty", cell.empty)
  button.classList.toggle("edge", cell.edge)
  button.classList.toggle("chosen", chosen)
  button.setAttribute("aria-pressed", String(chosen))
}

// The map may be turned on a narrow screen, so neighbours are those one sees.
function move(event, button, cells) {
  const direction =
    { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
  if (!direction) return
  event.preventDefault()
  const [right, down] = direction
  const middle = cell => {
    const box = cell.getBoundingClientRect()
    return [box.left + box.width / 2, box.top + box.height / 2]
  }
  const [x, y] = middle(button)
  const ahead = [...cells.querySelectorAll(".cell")].map(cell => {
    const [dx, dy] = [middle(cell)[0] - x, middle(cell)[1] - y]
    return { cell, along: dx * right + dy * down, aside: Math.abs(dx * down) + Math.abs(dy * right) }
  }).filter(({ along, aside }) => along > 2 && aside < 3)
  ahead.sort((a, b) => a.along - b.along)[0]?.cell.focus()
}

function at(r, c, element) {
  element.style.setProperty("--r", r)
  element.style.setProperty("--c", c)
  element.dataset.r = r
  element.dataset.c = c
  return element
}

function element(tag, className, text) {
  return Object.assign(document.createElement(tag), { className, textContent: text })
}
