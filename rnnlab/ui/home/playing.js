// A network at work: every beat a bit comes in at the right, the units take their new values, the
// network says how likely a 1 is, and then the right answer stands under it. Older steps move to the left.

const COLUMNS = 9, COLUMN = 44, LEFT = 92, ROW = 34, BEAT = 1500
const AFTER = { units: 300, said: 600, target: 900 } // ms into a beat

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".playing")
  if (root.playing) return
  const n = data.states[0].length
  const rows = ["input", ...data.states[0].map((_, k) => `unit ${k + 1}`), "says 1", "right answer"]
  const width = LEFT + COLUMNS * COLUMN, height = rows.length * ROW + 8
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": data.alt })
  const band = make("rect", { class: "now", x: width - COLUMN, y: 0, width: COLUMN, height, rx: 6 })
  const names = rows.map((name, row) => write(name, LEFT - 14, y(row) + 5, "name"))
  const view = make("svg", { x: LEFT, width: COLUMNS * COLUMN, height })
  const tape = make("g", { class: "tape" })
  view.append(tape)
  svg.append(band, ...names, view)
  const button = Object.assign(document.createElement("button"), { type: "button" })
  const said = Object.assign(document.createElement("p"), { className: "said" })
  root.replaceChildren(svg, button, said)
  for (const [name, color] of Object.entries(data.colors)) root.style.setProperty(`--${name}`, color)

  const state = root.playing = { at: 0, timers: [], plays: false }
  for (let step = 0; step < COLUMNS; step++) add(step, true)
  state.at = COLUMNS - 1
  tell()

  function add(step, whole) {
    const t = step % data.inputs.length
    const column = make("g", { transform: `translate(${(step + 0.5) * COLUMN} 0)` })
    const bit = data.inputs[t], came = data.targets[t]
    column.append(square(0, bit, "input"))
    const later = { units: make("g", {}), said: make("g", {}), target: make("g", {}) }
    data.states[t].forEach((value, k) => later.units.append(
      make("circle", { class: "rim", cy: y(k + 1), r: 11 }),
      make("circle", { class: value < 0 ? "below" : "above", cy: y(k + 1), r: 10 * Math.sqrt(Math.abs(value) / 100) })))
    const tall = 24 * data.said[t] / 100
    later.said.append(
      make("rect", { class: "frame", x: -9, y: y(n + 1) - 12, width: 18, height: 24 }),
      make("rect", { class: "chance", x: -9, y: y(n + 1) + 12 - tall, width: 18, height: tall }))
    later.target.append(square(n + 2, came, data.forced[t] ? "target" : "target coin"))
    for (const [name, group] of Object.entries(later)) {
      group.style.opacity = whole ? 1 : 0
      column.append(group)
      if (!whole) state.timers.push(setTimeout(() => { group.style.opacity = 1 }, AFTER[name]))
    }
    tape.append(column)
    while (tape.children.length > COLUMNS + 1) tape.firstChild.remove()
    tape.style.transform = `translateX(${-(step + 1 - COLUMNS) * COLUMN}px)`
  }

  function square(row, bit, kind) {
    const group = make("g", { class: `bit ${kind} ${bit ? "one" : "zero"}` })
    group.append(make("rect", { x: -12, y: y(row) - 12, width: 24, height: 24, rx: 4 }), write(String(bit), 0, y(row) + 5, "digit"))
    return group
  }

  // Of the step that has just begun the answer of the network is still to come.
  function tell(answered = true) {
    const t = state.at % data.inputs.length, sure = data.said[t] > 90 || data.said[t] < 10
    const [before, last] = data.before[t]
    said.textContent = `Before this step came ${before} and ${last}. ` +
      (before === last ? `Equal, so the answer must be ${1 - last}` : "Different, so a coin decides the answer") +
      (answered ? `; the network gives ${data.said[t]} % to a 1${sure ? "." : ": it does not know, and nobody can."}` : "…")
  }

  function beat() {
    if (!root.isConnected) return stop()
    if (document.hidden) return
    state.at += 1
    add(state.at, false)
    tell(false)
    state.timers.push(setTimeout(tell, AFTER.target))
  }

  function play() {
    state.plays = true
    state.clock = setInterval(beat, BEAT)
    label()
  }

  function stop() {
    state.plays = false
    clearInterval(state.clock)
    state.timers.splice(0).forEach(clearTimeout)
    tape.querySelectorAll("g").forEach(group => { group.style.opacity = "" })
    tell()
    label()
  }

  function label() { button.textContent = state.plays ? "❚❚ Pause" : "▶ Play" }

  button.onclick = () => state.plays ? stop() : play()
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) label()
  else play()
  return () => { stop(); root.playing = null }
}

const y = row => (row + 0.5) * ROW + 4

function make(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

function write(text, x, y, name) {
  const made = make("text", { class: name, x, y })
  made.textContent = text
  return made
}
