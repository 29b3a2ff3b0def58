// A network: units as circles, weights as lines. What comes in and what the units held a step before
// stand on the left, what they hold now in the middle, what they say on the right; so a step of time
// is a step from left to right. The window below is played through, or gone through step by step.

const WIDEST = 640, TALLEST = 400, ROW = 30, TOP = 10
const HEAD = 1.4 // rows that a title takes
const PACE = 1400, SLOWER = 2.5 // ms a step
const PARTS = [0.35, 0.7] // of a step: when the units are new, and when they answer
const NEW = 2, ANSWERED = 3 // how much of a step is shown: what comes in is there from 1 on

const ANSWER = 1500 // ms within which the page answers, if it does, with the step that it was told

let last = null // what was drawn last: what another picture shows since is told beside it

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".network")
  const picture = (root.picture ??= { root, slow: false, timers: [], chosen: null })
  const layout = JSON.stringify([data.units.map(ones => ones.length), data.inputs.length, data.inputs[0].length, data.bits])
  const before = last?.layout === layout ? { ...last } : null
  picture.data = data
  picture.report = at => setTriggerValue("at", at)
  if (picture.layout !== layout) {
    halt(picture)
    Object.assign(picture, { layout, at: data.at, chosen: null })
    build(picture)
  }
  picture.svg.setAttribute("aria-label", data.alt)
  const turned = isAnotherStep(picture, data.at)
  if (turned) halt(picture)
  root.style.setProperty("--positive", data.colors.positive)
  root.style.setProperty("--negative", data.colors.negative)
  weigh(picture)
  fill(picture)
  picture.moved = before && (before.data.step === data.step ? before.moved : furthest(before.data, data))
  if (picture.plays) tell(picture)
  else show(picture, turned ? data.at : picture.at)
  last = picture
  return () => {
    halt(picture)
    root.picture = null
  }
}

function build(picture) {
  const { root, data } = picture
  const svg = picture.svg = drawn("svg", { role: "img", tabindex: 0, class: "picture" })
  const columns = columnsOf(data)
  const tallest = Math.max(...columns.map(column => heightOf(column)))
  const row = Math.min(ROW, TALLEST / tallest)
  const height = Math.max(150, TOP + row * tallest)
  const radius = Math.min(11, 0.42 * row)
  const width = Math.min(WIDEST, root.clientWidth || WIDEST)
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`)
  const [lines, nodes] = [drawn("g", {}), drawn("g", {})]
  const places = new Map()
  columns.forEach((column, c) => {
    const x = 50 + (width - 110) * c / (columns.length - 1)
    const tall = heightOf(column)
    let y = TOP + (height - TOP - row * tall) / 2
    for (const { name, title, size } of column) {
      nodes.append(words("title", x, y + HEAD * row - 8, title, "middle"))
      places.set(name, Array.from({ length: size }, (_, k) => ({ x, y: y + row * (HEAD + k + 0.5) })))
      y += row * (HEAD + size)
    }
  })
  picture.edges = edgesOf(data).map(edge => {
    const [from, to] = [places.get(edge.from)[edge.i], places.get(edge.to)[edge.j]]
    const path = drawn("path", { class: "edge", d: `M${from.x + radius},${from.y}L${to.x - radius},${to.y}` })
    lines.append(path)
    return { ...edge, path }
  })
  picture.nodes = [...places].flatMap(([name, ones]) => ones.map(({ x, y }, k) => {
    const group = drawn("g", { class: `node ${name.split(" ")[0]}`, transform: `translate(${x} ${y})` })
    const square = name === "input" && drawn("rect", { x: -radius, y: -radius, width: 2 * radius, height: 2 * radius, class: "rim" })
    const value = drawn("circle", { class: "value", r: 0 })
    const text = words("number", name === "output" ? radius + 4 : -radius - 4, 4, "", name === "output" ? "start" : "end")
    group.append(square || drawn("circle", { class: "rim", r: radius }), value, text)
    group.onpointerenter = () => pick(picture, name, k)
    group.onpointerleave = () => pick(picture, null)
    nodes.append(group)
    return { name, k, group, value, text, radius }
  }))
  svg.append(lines, nodes)
  svg.onblur = () => pick(picture, null)
  svg.onkeydown = event => walk(picture, event)
  picture.said = element("p", "said")
  picture.spoken = element("p", "spoken")
  picture.spoken.setAttribute("role", "status")
  root.replaceChildren(svg, ...controls(picture), picture.said, picture.spoken)
}

const heightOf = column => column.reduce((rows, { size }) => rows + HEAD + size, 0)

// What stands above each other, from left to right: groups of nodes with a title each.
function columnsOf({ units, inputs, letters }) {
  const deep = units.length > 1
  const columns = [[{ name: "input", title: "comes in", size: inputs[0].length }]]
  units.forEach((ones, layer) => {
    columns.at(-1).push({ name: `before ${layer}`, title: "held before", size: ones.length })
    columns.push([{ name: `now ${layer}`, title: deep ? `layer ${layer + 1} now` : "hold now", size: ones.length }])
  })
  columns.push([{ name: "output", title: letters ? `says ${letters.answer}` : "says", size: 1 }])
  return columns
}

function edgesOf({ units, kernels, recurrent }) {
  const between = (matrix, from, to, weights) => matrix.flatMap((row, i) => row.map((_, j) => ({ from, to, i, j, weights })))
  return [
    ...units.flatMap((_, layer) => [
      ...between(kernels[layer], layer ? `now ${layer - 1}` : "input", `now ${layer}`, ["kernels", layer]),
      ...between(recurrent[layer], `before ${layer}`, `now ${layer}`, ["recurrent", layer]),
    ]),
    ...units.at(-1).map((_, i) => ({ from: `now ${units.length - 1}`, to: "output", i, j: 0, weights: ["dense"] })),
  ]
}

function weightOf({ weights: [name, layer], i, j }, data) {
  return name === "dense" ? data.dense[i] : data[name][layer][i][j]
}

// How wide a line is by the weight's size, always by the same measure, so that moments compare.
function weigh({ edges, data }) {
  for (const edge of edges) {
    const weight = weightOf(edge, data) / 100
    const size = Math.abs(weight)
    edge.path.setAttribute("class", `edge ${weight < 0 ? "negative" : "positive"}`)
    edge.path.style.strokeWidth = `${Math.min(7, 0.3 + 1.7 * size)}px`
    edge.path.style.opacity = Math.min(0.9, 0.14 + 0.5 * size)
  }
}

// The weight that differs most between two moments, the earlier one first.
function furthest(one, other) {
  if (String(one.units) !== String(other.units)) return null // others are the strongest now
  const [was, is] = one.step < other.step ? [one, other] : [other, one]
  let most = null
  for (const edge of edgesOf(is)) {
    const [before, after] = [weightOf(edge, was), weightOf(edge, is)]
    const far = Math.abs(after - before)
    if (far > (most?.far ?? 0)) most = { edge, before, after, far, steps: [was.step, is.step] }
  }
  return most
}

const sameLine = (one, other) => ["from", "to", "i", "j"].every(end => one[end] === other[end])

// Show time step `at` as far as `part`; the units take their new values, then the answer comes.
function show(picture, at, part = ANSWERED) {
  const { data, nodes, cells, edges } = picture
  Object.assign(picture, { at, part })
  const most = Math.max(100, ...data.states.flat(2).map(Math.abs))
  for (const { name, k, group, value, text, radius } of nodes) {
    const [kind, layer] = name.split(" ")
    const hidden = kind === "now" && part < NEW || kind === "output" && part < ANSWERED
    const number = hidden ? null : valueOf(data, kind, layer, at, k)
    const size = kind === "output" ? 100 : most
    value.setAttribute("r", number === null ? 0 : radius * Math.min(1, Math.sqrt(Math.abs(number) / size)) * 0.9)
    group.classList.toggle("negative", number < 0)
    text.textContent = kind === "input" && number !== null && data.inputs[0].length === 1 ? short(number, data.bits)
      : kind === "output" && number !== null ? two(number) : ""
  }
  for (const edge of edges) {
    const works = part < ANSWERED && (edge.to === "output" ? part === NEW : part < NEW)
    edge.path.classList.toggle("works", works)
    edge.path.classList.toggle("moved", Boolean(picture.moved) && sameLine(edge, picture.moved.edge))
  }
  cells.forEach((cell, k) => cell.setAttribute("aria-current", k === at ? "step" : "false"))
  tell(picture)
}

function valueOf(data, kind, layer, at, k) {
  if (kind === "input") return data.inputs[at][k]
  if (kind === "output") return data.said[at]
  return data[kind === "now" ? "states" : "before"][layer][at][k]
}
