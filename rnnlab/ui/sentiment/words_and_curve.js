// A text with its words coloured by how each moved the verdict, and under it the verdict so far as
// a curve. A word and its point light each other up; the arrow keys walk from word to word, and the
// word at which they stand stays lit (`held`) when the pointer leaves another one.

const FULL = 0.25 // a move of the probability that gets the full colour
const SEEN = 0.01 // below this a word has moved nothing

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".reading")
  const now = JSON.stringify(data)
  if (root.drawn === now) return
  Object.assign(root, { drawn: now, place: null, held: null })
  root.style.setProperty("--up", data.up)
  root.style.setProperty("--down", data.down)
  const words = data.words.map((one, place) => word(one, place))
  const text = box(data, words)
  const status = element("p", "status")
  status.setAttribute("role", "status")
  const { curve, dot } = plot(data)
  const light = place => show(place, { data, words, text, status, dot, root })
  text.onpointerover = event => at(event.target, light)
  curve.onpointermove = curve.onpointerdown = event => light(nearest(event, curve, words.length))
  text.onpointerleave = curve.onpointerleave = () => light(root.held ?? null)
  text.onkeydown = event => walk(event, root, words.length, light)
  text.onfocus = () => light(root.held = root.place ?? (words.length ? 0 : null))
  text.onblur = () => light(root.held = null)
  root.replaceChildren(text, legend(data), status, chart(data, curve))
  light(null)
}

function box(data, words) {
  const text = element("div", "text")
  text.tabIndex = 0
  text.setAttribute("role", "listbox")
  text.setAttribute("aria-label", data.label)
  if (data.unread) text.append(element("span", "unread", data.unread))
  data.words.forEach((one, place) => text.append(one.gap, words[place]))
  text.append(data.tail)
  return text
}

function word(one, place) {
  const move = one.to - one.from
  const way = move >= SEEN ? "up" : move <= -SEEN ? "down" : ""
  const strong = Math.abs(move) >= FULL / 2 ? " strong" : ""
  const made = element("span", `word ${way}${way && strong}${one.known ? "" : " unknown"}`, one.word)
  made.style.setProperty("--strength", Math.min(1, 0.15 + Math.abs(move) / FULL))
  made.id = `word-${place}`
  made.setAttribute("role", "option")
  made.setAttribute("aria-selected", "false")
  return made
}

function legend(data) {
  const made = element("p", "legend")
  made.append(element("span", "word up", "more positive"), element("span", "word down", "less positive"))
  if (data.words.some(one => !one.known)) made.append(element("span", "word unknown", "not known"))
  if (data.unread) made.append(element("span", "unread", "not read"))
  return made
}

// The line is drawn in a box of words × 1 and stretched to the width there is.
function plot(data) {
  const running = [data.words.length ? data.words[0].from : data.verdict, ...data.words.map(one => one.to)]
  const n = Math.max(1, running.length - 1)
  const curve = element("div", "curve")
  curve.setAttribute("role", "img")
  curve.setAttribute("aria-label", data.alt)
  const points = running.map((one, place) => `${place},${1 - one}`)
  if (running.length === 1) points.push(`1,${1 - running[0]}`)
  const svg = drawn("svg", { viewBox: `0 0 ${n} 1`, preserveAspectRatio: "none", "aria-hidden": "true" })
  const half = (id, y) => {
    const clip = drawn("clipPath", { id })
    clip.append(drawn("rect", { x: 0, y, width: n, height: 0.5 }))
    return clip
  }
  const area = (id, fill) => drawn("polygon", {
    points: `0,0.5 ${points.join(" ")} ${n},0.5`, fill, "fill-opacity": 0.3, "clip-path": `url(#${id})`,
  })
  const line = (y, name) => drawn("line", {
    x1: 0, x2: n, y1: y, y2: y, class: name, "vector-effect": "non-scaling-stroke",
  })
  svg.append(half("above", 0), half("below", 0.5), area("above", data.up), area("below", data.down))
  svg.append(line(0, "frame"), line(1, "frame"), line(0.5, ""))
  svg.append(drawn("polyline", { points: points.join(" "), "vector-effect": "non-scaling-stroke" }))
  const dot = element("span", "dot")
  dot.hidden = true
  curve.append(svg, dot)
  return { curve, dot }
}

function chart(data, curve) {
  const made = element("div", "chart")
  const ends = element("div", "ends")
  ends.append(...["100% positive", "neither", "100% negative"].map(one => element("span", "", one)))
  const steps = element("div", "steps")
  steps.append(element("span", "", "before the first word"), element("span", "", `word ${data.words.length}`))
  made.append(ends, curve, steps)
  return made
}

function show(place, { data, words, text, status, dot, root }) {
  if (root.place != null && words[root.place]) {
    words[root.place].classList.remove("lit")
    words[root.place].setAttribute("aria-selected", "false")
  }
  root.place = place
  const one = place == null ? null : data.words[place]
  dot.hidden = !one
  text.removeAttribute("aria-activedescendant")
  if (!one) {
    status.textContent = words.length ? data.hint : ""
    return
  }
  words[place].classList.add("lit")
  words[place].setAttribute("aria-selected", "true")
  text.setAttribute("aria-activedescendant", words[place].id)
  dot.style.left = `${100 * (place + 1) / words.length}%`
  dot.style.top = `${100 * (1 - one.to)}%`
  status.textContent = said(one, place, words.length)
  const [top, bottom] = [words[place].offsetTop - text.offsetTop, text.clientHeight]
  if (top < text.scrollTop || top > text.scrollTop + bottom - 30) text.scrollTop = top - bottom / 2
}

function said(one, place, n) {
  const points = Math.round(100 * one.to) - Math.round(100 * one.from)
  const sign = points > 0 ? "+" : points < 0 ? "−" : "±"
  const known = one.known ? "" : ", a word it does not know"
  return `“${one.word}” (word ${place + 1} of ${n}${known}): ${percent(one.from)} → ` +
    `${percent(one.to)}, ${sign}${Math.abs(points)} points`
}

// As in_percent of the verdicts has it: the more probable of the two.
function percent(chance) {
  const percents = Math.round(100 * chance)
  return percents >= 50 ? `${percents}% positive` : `${100 - percents}% negative`
}

function at(target, light) {
  const found = target.closest(".word")
  if (found) light(Number(found.id.slice(5)))
}

function nearest(event, curve, n) {
  if (!n) return null
  const { left, width } = curve.getBoundingClientRect()
  return Math.min(n, Math.max(1, Math.round(n * (event.clientX - left) / width))) - 1
}

function walk(event, root, n, light) {
  const from = root.place ?? -1
  const to = {
    ArrowRight: from + 1, ArrowDown: from + 1, ArrowLeft: from - 1, ArrowUp: from - 1, Home: 0, End: n - 1,
  }[event.key]
  if (to === undefined || !n) return
  event.preventDefault()
  light(root.held = Math.min(n - 1, Math.max(0, to)))
}

function element(tag, name, text) {
  const made = document.createElement(tag)
  if (name) made.className = name
  if (text !== undefined) made.textContent = text
  return made
}

function drawn(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}
