// A network over time. Pointing at a node, or going there with Tab and the arrow keys, highlights
// every path that leads through it; what lies on these paths comes from Python.

const STEP_WIDTH = 80, LEVEL_HEIGHT = 66, NODE_SIZE = 38, LEFT = 62, MARGIN = 8, LARGER = 1.3
const SVG = "http://www.w3.org/2000/svg"

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".figure")
  const layout = JSON.stringify(data)
  if (root.dataset.layout === layout) return
  root.dataset.layout = layout
  const sentence = Object.assign(document.createElement("p"), { className: "sentence" })
  sentence.setAttribute("role", "status")
  sentence.textContent = data.hint
  const scroll = Object.assign(document.createElement("div"), { className: "scroll" })
  scroll.append(picture(data, sentence))
  root.replaceChildren(sentence, scroll)
}

function picture(data, sentence) {
  const width = LEFT + data.steps * STEP_WIDTH + MARGIN
  const height = data.levels * LEVEL_HEIGHT + 2 * MARGIN
  const svg = draw("svg", {
    viewBox: `0 0 ${width} ${height}`, width: LARGER * width, role: "group", "aria-label": data.alt,
    style: `min-width: ${Math.min(width, LEFT + data.steps * 62)}px`,
  })
  const x = step => LEFT + (step - 0.5) * STEP_WIDTH
  const y = level => height - MARGIN - (level + 0.5) * LEVEL_HEIGHT
  svg.append(arrowHead(), ...data.levelTitles.map((text, level) =>
    draw("text", { x: 2, y: y(level) + 4, class: "title" }, text)))
  const positions = Object.fromEntries(data.nodes.map(node =>
    [node.name, { x: x(node.step), y: y(node.level), step: node.step, level: node.level }]))
  const edges = data.edges.map(edge => {
    const element = draw("path", {
      d: line(positions[edge.start], positions[edge.end], edge.kind), class: `edge ${edge.kind}`,
      "marker-end": "url(#tip)",
    })
    svg.append(element)
    return { ...edge, element }
  })
  const nodes = data.nodes.map(node =>
    ({ ...node, element: nodeElement(node, positions[node.name], data.colours) }))
  const highlight = chosen => {
    svg.classList.toggle("choosing", Boolean(chosen))
    const names = new Set(chosen ? [...chosen.ancestors, ...chosen.descendants] : [])
    nodes.forEach(node => {
      node.element.classList.toggle("highlighted", names.has(node.name))
      node.element.classList.toggle("chosen", node === chosen)
    })
    edges.forEach(edge =>
      edge.element.classList.toggle("highlighted", Boolean(chosen) && onAPath(edge, chosen)))
    sentence.textContent = chosen ? chosen.sentence : data.hint
  }
  nodes.forEach((node, index) => {
    node.element.setAttribute("tabindex", index ? "-1" : "0")
    node.element.onpointerenter = () => highlight(node)
    node.element.onfocus = () => {
      nodes.forEach(other => other.element.setAttribute("tabindex", other === node ? "0" : "-1"))
      highlight(node)
    }
    node.element.onblur = () => highlight(null)
    node.element.onkeydown = event => move(event, node, nodes)
    svg.append(node.element)
  })
  svg.onpointerleave = () =>
    highlight(nodes.find(node => node.element === svg.getRootNode().activeElement))
  return svg
}

// Both ends may lie on paths through the chosen node while the edge between them does not.
function onAPath(edge, chosen) {
  const ancestors = new Set(chosen.ancestors), descendants = new Set(chosen.descendants)
  return (ancestors.has(edge.start) && ancestors.has(edge.end)) ||
    (descendants.has(edge.start) && descendants.has(edge.end))
}

function nodeElement(node, position, colours) {
  const group = draw("g", {
    class: `node ${node.role}`, style: `--role: ${colours[node.role]}`, role: "img",
    "aria-label": node.sentence, "data-name": node.name,
  })
  const half = NODE_SIZE / 2
  group.append(node.role === "output"
    ? draw("circle", { cx: position.x, cy: position.y, r: half })
    : draw("rect", {
        x: position.x - half, y: position.y - half, width: NODE_SIZE, height: NODE_SIZE,
        rx: node.role === "input" ? 2 : 11,
      }))
  group.append(draw("text", { x: position.x, y: position.y }, node.label))
  return group
}

// Straight to a neighbour, in a bow past whatever stands between.
function line(from, to, kind) {
  const half = NODE_SIZE / 2 + 3
  if (kind === "time" && from.level !== to.level)
    return `M ${from.x + half - 4} ${from.y + half - 4} L ${to.x - half + 1} ${to.y - half + 1}`
  if (kind === "time") {
    const sign = Math.sign(to.x - from.x)
    return `M ${from.x + sign * half} ${from.y} L ${to.x - sign * (half + 3)} ${to.y}`
  }
  if (kind === "feedback") {
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

function move(event, node, nodes) {
  const direction =
    { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key]
  if (!direction) return
  event.preventDefault()
  const [right, up] = direction
  const ahead = nodes.filter(other => right
    ? other.level === node.level && (other.step - node.step) * right > 0
    : other.step === node.step && (other.level - node.level) * up > 0)
  const distance = other => Math.abs(other.step - node.step) + Math.abs(other.level - node.level)
  ahead.sort((a, b) => distance(a) - distance(b))[0]?.element.focus()
}

function arrowHead() {
  const defs = draw("defs", {})
  const marker = draw("marker", {
    id: "tip", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 7, markerHeight: 7,
    markerUnits: "userSpaceOnUse", orient: "auto",
  })
  marker.append(draw("path", { d: "M 0 0 L 8 4 L 0 8 z" }))
  defs.append(marker)
  return defs
}

function draw(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag)
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value))
  if (text !== undefined) element.textContent = text
  return element
}
