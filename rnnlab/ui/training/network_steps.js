// The window of a network's picture: its steps to choose, the buttons that go through it, and the
// sentence about what is shown.

const UNASKED = "–"

function controls(picture) {
  const { data } = picture
  const bar = element("div", "bar")
  const button = (label, title, act) => {
    const made = Object.assign(element("button", "", label), { type: "button", title, onclick: act })
    made.setAttribute("aria-label", title)
    bar.append(made)
    return made
  }
  button("◀", "A step back", () => go(picture, -1))
  picture.button = button("▶ Play", "Play through the window", () => picture.plays ? stop(picture) : play(picture))
  button("▶|", "A step on", () => go(picture, 1))
  const slow = button("Slow", "Play slowly", () => {
    picture.slow = !picture.slow
    slow.setAttribute("aria-pressed", picture.slow)
  })
  slow.setAttribute("aria-pressed", picture.slow)
  const names = element("div", "names")
  names.append(...["step", "comes in", "target", data.letters ? `says ${data.letters.answer}` : "says"].map(name => element("span", "", name)))
  const strip = element("div", "strip")
  picture.cells = data.inputs.map((_, k) => {
    const cell = Object.assign(element("button", "cell"), { type: "button" })
    cell.append(element("b", "", k + 1), element("span", "in"), element("span", "target"), element("span", "out"))
    cell.onclick = () => goTo(picture, k)
    return cell
  })
  strip.append(names, ...picture.cells)
  return [bar, strip]
}

function fill({ cells, data }) {
  cells.forEach((cell, k) => {
    const texts = [data.inputs[k], data.targets[k], data.said[k]].map(value => short(value, data.bits))
    if (data.letters) texts.splice(0, 2, data.letters.inputs[k], data.letters.targets[k])
    ;[...cell.children].slice(1).forEach((span, row) => { span.textContent = texts[row] })
    cell.setAttribute("aria-label", `Step ${k + 1}: ${texts[0]} comes in, the target is ${texts[1]}, it says ${texts[2]}`)
  })
}

// Hundredths as they are written into a cell: 1, 0, .74, and nothing of a whole row of inputs.
function short(value, bits) {
  if (Array.isArray(value)) return value.length === 1 ? short(value[0], bits) : "…"
  if (value === null) return UNASKED
  if (bits && value % 100 === 0) return String(value / 100)
  return (value / 100).toFixed(bits ? 2 : 1).replace(/^(-?)0\./, "$1.")
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches

function play(picture) {
  const { data } = picture
  const pace = PACE * (picture.slow ? SLOWER : 1)
  const last = data.inputs.length - 1
  picture.plays = true
  picture.moved = null
  name(picture)
  const at = picture.at >= last ? 0 : picture.at + 1
  const then = (share, act) => picture.timers.push(setTimeout(act, share * pace))
  picture.timers = []
  if (still()) show(picture, at)
  else {
    show(picture, at, 1)
    then(PARTS[0], () => show(picture, at, NEW))
    then(PARTS[1], () => show(picture, at))
  }
  then(1, () => at < last ? play(picture) : stop(picture))
}

// Whether the page says to look at another step than the one it said last, or was told.
function isAnotherStep(picture, at) {
  if (picture.told && picture.told.at !== at && Date.now() < picture.told.until) return false
  picture.told = null
  const another = picture.asked !== at
  picture.asked = at
  return another
}

// Tell the page at which step one looks: its address keeps it.
function report(picture) {
  picture.told = { at: picture.at, until: Date.now() + ANSWER }
  picture.asked = picture.at
  picture.report(picture.at)
}

function stop(picture) {
  if (halt(picture)) report(picture)
}

// Without a word to the page; whether it played.
function halt(picture) {
  const played = picture.plays
  picture.timers.forEach(clearTimeout)
  picture.plays = false
  if (!played) return false
  name(picture)
  show(picture, picture.at)
  return true
}

function name({ button, plays }) {
  button.textContent = plays ? "❚❚ Pause" : "▶ Play"
  button.setAttribute("aria-label", plays ? "Pause" : "Play through the window")
}

function go(picture, steps) {
  const n = picture.data.inputs.length
  goTo(picture, (picture.at + steps + n) % n)
}

function goTo(picture, at) {
  halt(picture)
  picture.moved = null
  show(picture, at)
  report(picture)
  speak(picture)
}

// With the arrow keys: left and right through the window, up and down through the units.
function walk(picture, event) {
  const { key } = event
  if (key === "ArrowLeft" || key === "ArrowRight") go(picture, key === "ArrowLeft" ? -1 : 1)
  else if (key === "ArrowUp" || key === "ArrowDown") {
    const units = picture.nodes.filter(node => node.name.startsWith("now"))
    const { chosen } = picture
    const here = units.findIndex(node => chosen && node.name === chosen.name && node.k === chosen.k)
    const next = units.at((here + (key === "ArrowUp" ? -1 : 1) + units.length) % units.length)
    pick(picture, next.name, next.k)
    speak(picture)
  } else return
  event.preventDefault()
}

function pick(picture, name, k) {
  picture.chosen = name === null ? null : { name, k }
  picture.svg.classList.toggle("picking", name !== null)
  const its = edge => (edge.from === name && edge.i === k) || (edge.to === name && edge.j === k)
  picture.edges.forEach(edge => edge.path.classList.toggle("its", its(edge)))
  picture.nodes.forEach(node => node.group.classList.toggle("picked", node.name === name && node.k === k))
  tell(picture)
}

function tell(picture) {
  const text = picture.chosen ? ofUnit(picture, picture.chosen) : ofStep(picture)
  if (picture.said.textContent !== text) picture.said.textContent = text
}

const speak = picture => { picture.spoken.textContent = picture.said.textContent }

function ofStep({ data, at, moved, part }) {
  if (moved) {
    const { edge, before, after, steps } = moved
    const [from, to] = steps.map(step => step.toLocaleString("en"))
    return `From update ${from} to ${to} the line from ${called(data, edge.from, edge.i)} to ` +
      `${called(data, edge.to, edge.j)} changed most: from ${two(before)} to ${two(after)}.`
  }
  const comes = data.letters ? `“${data.letters.inputs[at]}”` : data.inputs[at].length > 1 ? "a row of numbers" : data.bits ? `a ${short(data.inputs[at], true)}` : two(data.inputs[at][0])
  const asked = data.targets[at] === null || part < ANSWERED ? "" : data.letters
    ? ` It gives ${data.letters.answer} the chance ${two(data.said[at])}; the target is ${data.letters.targets[at]}.` : data.bits
    ? ` It gives a 1 the chance ${two(data.said[at])}; the target is ${short(data.targets[at], true)}.`
    : ` It says ${two(data.said[at])}; the target is ${two(data.targets[at])}.`
  return `Step ${at + 1}: ${comes} comes in, and with what the units held before it makes what they hold now.${asked}`
}

function ofUnit({ data, at, edges }, { name, k }) {
  const [kind, layer] = name.split(" ")
  const value = valueOf(data, kind, layer, at, k)
  const into = edges.filter(edge => edge.to === name && edge.j === k)
    .map(edge => ({ ...edge, weight: weightOf(edge, data) }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  const holds = value === null ? "is not asked here" : `${kind === "before" ? "held" : kind === "now" ? "holds" : "is"} ${two(value)}`
  const first = `${called(data, name, k)} ${holds} at step ${at + 1}.`
  const strongest = into.length ? ` The strongest line into it comes from ${called(data, into[0].from, into[0].i)}: ${two(into[0].weight)}.` : ""
  return first[0].toUpperCase() + first.slice(1) + strongest
}

function called({ units, inputs }, name, k) {
  const [kind, layer] = name.split(" ")
  if (kind === "output") return "the answer"
  if (kind === "input") return inputs[0].length > 1 ? `input ${k + 1}` : "the input"
  const unit = `unit ${units[layer][k]}${units.length > 1 ? ` of layer ${Number(layer) + 1}` : ""}`
  return kind === "before" ? `${unit} a step before` : unit
}

const two = hundredths => (hundredths / 100).toFixed(2)
