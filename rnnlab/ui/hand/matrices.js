// Matrices and the operators between them, in a line that wraps. What they hold comes from Python anew
// at every run; an edit and a click on a column go back. Nothing is drawn twice: a cell that still
// says the same, or that is being typed in, is left alone.

const PAUSE = 40 // milliseconds after the last key, until a number counts as typed
const STAGE = 260 // milliseconds from one stage of the calculation to the next
const TO_COME = "…" // stands for a number that somebody else is still calculating
const LIT = 1100 // milliseconds for which a changed number is lit

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".line")
  const moves = root.children.length === data.items.length
  if (!moves) root.replaceChildren(...data.items.map(build))
  data.items.forEach((item, place) => {
    const layout = JSON.stringify(shape(item))
    if (moves && root.children[place].dataset.layout !== layout)
      root.children[place].replaceWith(build(item))
    root.children[place].dataset.layout = layout
    if (item.cells) fill(root.children[place], item, moves)
  })
  root.send = setTriggerValue
}

const shape = item => [
  item.sign, item.name, item.label, item.role, item.editable, item.heads, item.selectable,
  (item.cells || []).map(row => row.length),
]

function build(item) {
  if (item.sign !== undefined) {
    const sign = element("span", "sign", item.sign)
    if (item.sign === "") sign.className = "break"
    return sign
  }
  const figure = element("figure", item.role)
  const caption = element("figcaption", "", "")
  if (item.label) caption.append(element("span", "label", item.label))
  const table = element("table", "")
  if (item.heads) {
    const row = table.createTHead().insertRow()
    item.heads.forEach(([head, columns]) => {
      const cell = element("th", "", head)
      cell.colSpan = columns
      cell.scope = "colgroup"
      row.append(cell)
    })
  }
  const body = table.createTBody()
  item.cells.forEach((row, i) => {
    const line = body.insertRow()
    row.forEach((_, j) => line.append(item.editable ? field(item, i, j) : shown(item, j)))
  })
  const note = element("p", "note", "")
  note.setAttribute("role", "status")
  figure.append(caption, table, note)
  return figure
}

// "W_i" is a W with a small i below it.
function symbol(text) {
  const made = element("b", "")
  text.split(/_([A-Za-z0-9]+)/).forEach((piece, place) =>
    made.append(place % 2 ? element("sub", "", piece) : piece))
  return made
}

function shown(item, j) {
  const cell = element("td", "")
  if (item.selectable) {
    cell.onclick = () => cell.closest(".line").send("selected", j)
    cell.style.cursor = "pointer"
  }
  return cell
}

function field(item, i, j) {
  const cell = element("td", "")
  const input = element("input", "")
  input.inputMode = "text"
  input.autocomplete = "off"
  input.spellcheck = false
  input.maxLength = 60
  input.onfocus = () => input.select()
  if (item.selectable) input.onclick = () => {
    if (!cell.classList.contains("highlighted")) input.closest(".line").send("selected", j)
  }
  input.oninput = () => {
    clearTimeout(input.waiting)
    // Half a number ("-", "1e") is left until it is whole, or the cell is left.
    if (!Number.isNaN(number(input.value)))
      input.waiting = setTimeout(() => report(input, item), PAUSE)
  }
  input.onchange = () => report(input, item)
  input.onkeydown = event => move(event, i, j, item)
  input.onpaste = event => paste(event, i, j, item)
  cell.append(input)
  return cell
}

function fill(figure, item, moves) {
  const table = figure.querySelector("table")
  name(figure, item)
  const note = figure.querySelector(".note")
  const message = item.note || ""
  if (note.textContent !== message) note.textContent = message
  figure.classList.toggle("wrong", Boolean(item.note))
  const rows = table.tBodies[0].rows
  const late = answersAnOlderEdit(table, item.cells)
  clearTimeout(table.again)
  if (late) table.again = setTimeout(() => fill(figure, item, moves), table.waiting.until - Date.now() + 20)
  else table.sent = JSON.stringify(item.cells)
  item.cells.forEach((row, i) => row.forEach((text, j) => {
    const cell = rows[i].cells[j]
    const input = cell.firstElementChild
    cell.className = [
      item.row === i || item.column === j ? "highlighted" : "",
      item.gap && j > 0 && j % item.gap === 0 ? "gap" : "",
      item.marks ? item.marks[i][j] : "",
    ].join(" ")
    if (!input) {
      if (cell.textContent === text) return
      if (moves && cell.textContent !== TO_COME) light(cell, item.wave)
      cell.textContent = text
      return
    }
    input.setAttribute("aria-label", spoken(item, i, j))
    cell.title = (item.descriptions && item.descriptions[i][j]) || ""
    input.setAttribute("aria-invalid", String(cell.className.includes("not-yet")))
    input.setAttribute("aria-description", cell.title)
    if (late) return
    const typing = input.matches(":focus") && input.value !== (input.sent ?? "")
    if (!typing && input.value !== text && !(input.matches(":focus") && same(input.value, text))) {
      input.value = text
      if (moves) light(cell, item.wave)
    }
    input.sent = input.value
  }))
}

function name(figure, item) {
  const caption = figure.querySelector("figcaption")
  if (caption.dataset.symbol === item.symbol) return
  caption.dataset.symbol = item.symbol
  caption.querySelector("b")?.remove()
  caption.prepend(symbol(item.symbol))
}

function spoken(item, i, j) {
  const gate = item.heads ? ` ${item.heads[Math.floor(j / item.gap)][0]}` : ""
  const column = (item.gap ? j % item.gap : j) + 1
  return `${item.spoken || item.symbol}${gate}, row ${i + 1 + item.rows_before}, column ${column}`
}

// A change is seen to travel: what follows from it lights up after it, one stage of the calculation
// after the other. Who wants nothing to move sees a frame around what has changed instead.
function light(cell, wave) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches
  const frame = "inset 0 0 0 2px var(--st-primary-color)"
  const full = { boxShadow: `${frame}, inset 0 0 0 3rem color-mix(in srgb, var(--st-primary-color) 30%, transparent)` }
  const none = { boxShadow: "inset 0 0 0 2px transparent, inset 0 0 0 3rem transparent" }
  const frames = still ? [{ boxShadow: frame }, { boxShadow: frame }] : [full, { ...full, offset: 0.35 }, none]
  cell.getAnimations().forEach(one => one.cancel())
  cell.animate(frames, { duration: still ? 2000 : LIT, delay: still ? 0 : wave * STAGE })
}

// While edits follow each other quickly, what comes back may be older than what stands there.
function answersAnOlderEdit(table, cells) {
  const { sent, until } = table.waiting || {}
  if (sent === undefined) return false
  if (sent !== JSON.stringify(cells) && Date.now() < until) return true
  delete table.waiting
  return false
}

// "0,5" is how half of the world writes 0.5, and printed sheets have a longer minus.
const withPoint = text =>
  text.replace(/−/g, "-").replace(/^(\s*[-+]?\d*),(\d+\s*)$/, "$1.$2").replace(/\s*\/\s*/g, "/")

// 1/3 is a number, too. NaN for what is none, and for half a one: "-", "1e", "1/".
function number(text) {
  const parts = withPoint(text).split("/")
  if (parts.length > 2 || parts.some(part => part.trim() === "")) return NaN
  return parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0])
}

const same = (typed, text) => number(typed) === number(text)

function report(input, item) {
  clearTimeout(input.waiting)
  const table = input.closest("table")
  const cells = [...table.tBodies[0].rows].map(row =>
    [...row.querySelectorAll("input")].map(each => withPoint(each.value)))
  const now = JSON.stringify(cells)
  if (table.sent === now) return
  table.sent = now
  table.waiting = { sent: now, until: Date.now() + 1500 }
  table.querySelectorAll("input").forEach(each => { each.sent = each.value })
  input.closest(".line").send("edited", { name: item.name, cells })
}

function move(event, i, j, item) {
  const input = event.target
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length
  const direction = {
    Enter: [1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0],
    ArrowRight: [0, whole || input.selectionEnd === input.value.length ? 1 : 0],
    ArrowLeft: [0, whole || input.selectionStart === 0 ? -1 : 0],
  }[event.key]
  if (!direction || (direction[0] === 0 && direction[1] === 0)) return
  if (event.key === "Enter") report(input, item)
  const row = input.closest("tbody").rows[i + direction[0]]
  const next = row?.cells[j + direction[1]]?.firstElementChild
  if (!next) return
  event.preventDefault()
  next.focus()
}

// What is more than one number is read where matrices are: in Python.
function paste(event, i, j, item) {
  const text = event.clipboardData.getData("text").trim()
  if (!Number.isNaN(number(text)) || !/[\s,;[\]]/.test(text)) return
  event.preventDefault()
  event.target.closest(".line").send("pasted", { name: item.name, row: i, column: j, text })
}

function element(tag, name, text) {
  const made = document.createElement(tag)
  if (name) made.className = name
  if (text !== undefined) made.textContent = text
  return made
}
