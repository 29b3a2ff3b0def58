// A network over time. Pointing at something, or going there with Tab and the arrow keys, lights
// every way that leads through it; what is on these ways comes from Python.

const WIDE = 80, HIGH = 66, BOX = 38, LEFT = 62, EDGE = 8, LARGER = 1.3
const SVG = "http://www.w3.org/2000/svg"

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".figure")
  const layout = JSON.stringify(data)
  if (root.dataset.layout === layout) return
  root.dataset.layout = layout
  const words = Object.assign(document.createElement("p"), { className: "words" })
  words.setAttribute("role", "status")
  words.textContent = data.hint
  const scroll = Object.assign(document.createElement("div"), { className: "scroll" })
  scroll.append(picture(data, words))
  root.replaceChildren(scroll, words)
}

function picture(data, words) {
  const width = LEFT + data.steps * WIDE + EDGE, height = data.levels * HIGH + 2 * EDGE
  const svg = draw("svg", {
    viewBox: `0 0 ${width} ${height}`, width: LARGER * width, role: "group", "aria-label": data.alt,
    style: `min-width: ${Math.min(width, LEFT + data.steps * 62)}px`,
  })
  const x = step => LEFT + (step - 0.5) * WIDE
  const y = level => height - EDGE - (level + 0.5) * HIGH
  svg.append(tip(), ...data.sides.map((text, level) =>
    draw("text", { x: 2, y: y(level) + 4, class: "side" }, text)))
  const at = Object.fromEntries(data.spots.map(one =>
    [one.name, { x: x(one.step), y: y(one.level), step: one.step, level: one.level }]))
  const arrows = data.arrows.map(one => {
    const drawn = draw("path", {
      d: line(at[one.start], at[one.end], one.way), class: `arrow ${one.way}`, "marker-end": "url(#tip)",
    })
    svg.append(drawn)
    return { ...one, drawn }
  })
  const spots = data.spots.map(one => ({ ...one, drawn: spot(one, at[one.name], data.colours) }))
  const show = chosen => {
    svg.classList.toggle("choosing", Boolean(chosen))
    const lit = new Set(chosen ? chosen.lit : [])
    spots.forEach(one => {
      one.drawn.classList.toggle("lit", lit.has(one.name))
      one.drawn.classList.toggle("here", one === chosen)
    })
    arrows.forEach(one => one.drawn.classList.toggle("lit",
      lit.has(one.start) && lit.has(one.end) && onAWay(one, chosen, data)))
    words.textContent = chosen ? chosen.words : data.hint
  }
  spots.forEach((one, place) => {
    one.drawn.setAttribute("tabindex", place ? "-1" : "0")
    one.drawn.onpointerenter = () => show(one)
    one.drawn.onfocus = () => {
      spots.forEach(other => other.drawn.setAttribute("tabindex", other === one ? "0" : "-1"))
      show(one)
    }
    one.drawn.onblur = () => show(null)
    one.drawn.onkeydown = event => move(event, one, spots)
    svg.append(one.drawn)
  })
  svg.onpointerleave = () => show(spots.find(one => one.drawn === svg.getRootNode().activeElement))
  return svg
}

// Both ends may lie on ways through the chosen spot while the arrow between them does not.
function onAWay(arrow, chosen, data) {
  const into = new Set(chosen.before), outOf = new Set(chosen.after)
  return (into.has(arrow.start) && into.has(arrow.end)) ||
    (outOf.has(arrow.start) && outOf.has(arrow.end))
}

function spot(one, place, colours) {
  const group = draw("g", {
    class: `spot ${one.role}`, style: `--role: ${colours[one.role]}`, role: "img",
    "aria-label": one.words, "data-name": one.name,
  })
  const half = BOX / 2
  group.append(one.role === "output"
    ? draw("circle", { cx: place.x, cy: place.y, r: half })
    : draw("rect", {
        x: place.x - half, y: place.y - half, width: BOX, height: BOX,
        rx: one.role === "input" ? 2 : 11,
      }))
  group.append(draw("text", { x: place.x, y: place.y }, one.label))
  return group
}

// Straight to a neighbour, in a bow past whatever stands between.
function line(from, to, way) {
  const half = BOX / 2 + 3
  if (way === "time" && from.level !== to.level)
    return `M ${from.x + half - 4} ${from.y + half - 4} L ${to.x - half + 1} ${to.y - half + 1}`
  if (way === "time") {
    const sign = Math.sign(to.x - from.x)
    return `M ${from.x + sign * half} ${from.y} L ${to.x - sign * (half + 3)} ${to.y}`
  }
  if (way === "again") {
    const middle = (from.x + to.x) / 2
    return `M ${from.x + half} ${from.y} C ${middle + 6} ${from.y}, ${middle - 6} ${to.y + 30}, ` +
      `${to.x - half + 4} ${to.y + half - 2}`
  }
  if (from.step === to.step && to.level - from.level === 1)
    return `M ${from.x} ${from.y - half} L ${to.x} ${to.y + half + 3}`
  if (from.step === to.step)
    return `M ${from.x - half + 2} ${from.y - half + 6} C ${from.x - 36} ${from.y - 30}, ` +
      `${to.x - 36} ${to.y + 30}, ${to.x - half} ${to.y + half - 6}`
  return `M ${from.x} ${from.y - half} C ${from.x} ${to.y}, ${from.x} ${to.y}, ${to.x - half - 3} ${to.y}`
}

function move(event, here, spots) {
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key]
  if (!way) return
  event.preventDefault()
  const ahead = spots.filter(one => way[0]
    ? one.level === here.level && (one.step - here.step) * way[0] > 0
    : one.step === here.step && (one.level - here.level) * way[1] > 0)
  const far = one => Math.abs(one.step - here.step) + Math.abs(one.level - here.level)
  ahead.sort((one, other) => far(one) - far(other))[0]?.drawn.focus()
}

function tip() {
  const defs = draw("defs", {})
  const marker = draw("marker", {
    id: "tip", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 7, markerHeight: 7,
    markerUnits: "userSpaceOnUse", orient: "auto",
  })
  marker.append(draw("path", { d: "M 0 0 L 8 4 L 0 8 z" }))
  defs.append(marker)
  return defs
}

function draw(name, attributes, text) {
  const made = document.createElementNS(SVG, name)
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value))
  if (text !== undefined) made.textContent = text
  return made
}
