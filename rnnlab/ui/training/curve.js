// The loss by update, beside the lines of theory. Axes and lines come from the page; the points come
// by the run's stream and are drawn as they come. The pointer or the arrow keys read a point; of a
// run that has stopped, a click, a drag or Enter moves the moment that is looked at.

const HEIGHT = 340
const HEIGHT_IF_NARROW = 270 // on a phone the verdict is on the same screen
const MARGIN = { left: 58, top: 36, bottom: 46 }
const LETTER = 7 // px, about
const HELD_OUT = 6 // where a row has the loss on data that are not learnt from, if it has it

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".loss-curve")
  const picture = (root.picture ??= build(root))
  Object.assign(picture, { data, report: step => setTriggerValue("moment", step) })
  picture.plot.setAttribute("aria-label", data.alt)
  frame(picture)
  if (picture.address !== data.stream) {
    picture.unfollow?.()
    Object.assign(picture, { address: data.stream, unfollow: null, held: null, passed: new Map() })
    if (!data.stream) picture.rows = []
    else picture.unfollow = follow(data.stream, stream => hear(picture, stream))
  }
  if (data.rows) picture.rows = data.rows
  points(picture)
  rest(picture)
  return () => {
    picture.unfollow?.()
    picture.observer.disconnect()
    clearTimeout(picture.saying)
    clearTimeout(picture.speaking)
    root.picture = null
  }
}

function hear(picture, stream) {
  if (stream.text === null || stream.blocked) return // until it speaks, what is there stays
  picture.rows = stream.rows
  picture.live = !stream.over
  if (picture.due) return
  picture.due = true
  requestAnimationFrame(() => {
    picture.due = false
    points(picture)
  })
}

function build(root) {
  const svg = drawn("svg", { "aria-hidden": "true" })
  const clip = drawn("clipPath", { id: "plot" })
  const box = drawn("rect", { y: MARGIN.top - 4 })
  clip.append(box)
  const still = drawn("g", { class: "still" })
  const moving = drawn("g", { "clip-path": "url(#plot)" })
  const earlier = drawn("g", { class: "of-earlier" })
  const band = drawn("path", { class: "band" })
  const rates = drawn("g", { class: "rates" })
  const curve = drawn("path", { class: "curve" })
  const newest = drawn("circle", { class: "newest", r: 4 })
  const heldOut = drawn("g", { class: "held-out" })
  const crossings = drawn("g", { class: "crossings" })
  const cursor = drawn("g", { class: "cursor" })
  moving.append(earlier, band, curve, newest, heldOut, crossings)
  svg.append(clip, still, moving, rates, cursor)
  const plot = element("div", "loss")
  const tip = Object.assign(element("div", "tip"), { hidden: true })
  plot.setAttribute("role", "img")
  plot.tabIndex = 0
  plot.append(svg, tip)
  const [key, said, spoken] = [element("div", "key"), element("p", "said"), element("p", "spoken")]
  spoken.setAttribute("role", "status")
  root.replaceChildren(plot, key, said, spoken)
  const picture = {
    root, plot, svg, box, still, earlier, band, rates, curve, newest, heldOut, crossings, cursor, tip, key, said,
    spoken, rows: [], held: null, chosen: null, news: null, passed: new Map(), buttons: [], width: 0, height: HEIGHT,
  }
  picture.observer = new ResizeObserver(([{ contentRect }]) => {
    if (Math.abs(contentRect.width - picture.width) < 1) return
    frame(picture)
    points(picture)
  })
  picture.observer.observe(root)
  watchPointer(picture)
  plot.onblur = () => read(picture, null)
  plot.onkeydown = event => {
    if (event.key === "Enter" && picture.held !== null) return moveTo(picture, picture.rows[picture.held][0])
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key]
    if (!step || !picture.rows.length) return
    event.preventDefault()
    const last = picture.rows.length - 1
    read(picture, Math.max(0, Math.min(last, (picture.held ?? last) + step)))
  }
  return picture
}

function scales(picture) {
  const { data: { x, y, log }, width, height, beside } = picture
  const right = Math.max(width - beside, MARGIN.left + 1)
  const bottom = height - MARGIN.bottom
  const size = value => log ? Math.log(Math.max(value, y.low)) : value
  const [low, high] = [size(y.low), size(y.high)]
  const place = update => x.log ? Math.log(Math.max(update, x.low)) : update
  const [first, last] = [place(x.low), place(x.high)]
  return {
    right, bottom,
    across: update => MARGIN.left + (right - MARGIN.left) * (place(update) - first) / (last - first),
    up: value => bottom - (bottom - MARGIN.top) * (size(Math.min(value, y.high)) - low) / (high - low),
  }
}

// What stays where it is while the curve grows.
function frame(picture) {
  const { data, root, plot, svg, still, box } = picture
  picture.width = root.clientWidth
  picture.height = picture.width < ROOM_FOR_NAMES ? HEIGHT_IF_NARROW : HEIGHT
  picture.beside = gutter(picture)
  const now = JSON.stringify([data.x, data.y, data.log, data.lines, data.earlier, data.names, picture.width])
  if (picture.framed === now) return
  picture.framed = now
  const { right, bottom, across, up } = scales(picture)
  plot.style.height = `${picture.height}px`
  svg.setAttribute("width", picture.width)
  svg.setAttribute("height", picture.height)
  box.setAttribute("x", MARGIN.left)
  box.setAttribute("width", right - MARGIN.left)
  box.setAttribute("height", bottom - MARGIN.top + 9)
  root.style.setProperty("--curve", data.colors.curve)
  root.style.setProperty("--bound", data.names[1] ? data.colors.held_out : data.colors.bound)
  root.style.setProperty("--held-out", data.colors.held_out)
  const parts = []
  let free = -Infinity
  for (const [value, text] of data.x.ticks) {
    const x = across(value)
    if (text || !data.x.log) parts.push(line("grid", x, MARGIN.top, x, bottom))
    parts.push(line("tick", x, bottom, x, bottom + (text ? 6 : 3)))
    const half = text.length * LETTER / 2
    if (!text || x - half < free) continue
    free = x + half + LETTER
    parts.push(words("label", x, bottom + 18, text, "middle"))
  }
  for (const [value, text] of data.y.ticks) {
    const y = up(value)
    parts.push(line("tick", MARGIN.left - 5, y, MARGIN.left, y), words("label", MARGIN.left - 8, y + 4, text, "end"))
  }
  parts.push(line("axis", MARGIN.left, bottom, right, bottom))
  parts.push(words("title", Math.max((MARGIN.left + right) / 2, 0), picture.height - 8, data.x.title, "middle"))
  const title = words("title", 0, 0, data.y.title, "middle")
  title.setAttribute("transform", `translate(13 ${(MARGIN.top + bottom) / 2}) rotate(-90)`)
  parts.push(title)
  data.lines.forEach(({ loss }, k) => {
    const bound = line("bound", MARGIN.left, up(loss), right, up(loss))
    bound.setAttribute("stroke-dasharray", DASHES[k % DASHES.length])
    bound.dataset.line = k
    parts.push(bound)
  })
  still.replaceChildren(...parts, ...name(picture, scales(picture)), ...legend(data.names, picture.width))
  picture.earlier.replaceChildren(...data.earlier.map(({ points }, k) => {
    const d = `M${points.map(([update, loss]) => `${across(update).toFixed(1)},${up(loss).toFixed(1)}`).join("L")}`
    const path = drawn("path", { class: "earlier", d })
    path.dataset.line = data.lines.length + k
    return path
  }))
}

// What is a line and what is a dot: only where there are both. Where they have no room beside the
// axis, they begin further left.
function legend([learntFrom, heldOut], width) {
  if (!heldOut) return []
  const long = 53 + (learntFrom.length + heldOut.length) * LETTER
  const [y, x] = [10, Math.max(2, Math.min(MARGIN.left, width - long))]
  const second = x + 44 + learntFrom.length * LETTER
  return [
    drawn("path", { class: "sample", d: `M${x},${y}h18` }), words("label", x + 24, y + 4, learntFrom, "start"),
    drawn("circle", { class: "look", cx: second, cy: y, r: 3 }), words("label", second + 9, y + 4, heldOut, "start"),
  ]
}

function points(picture) {
  const { rows, data, band, curve, newest, rates, heldOut } = picture
  const { right, bottom, across, up } = scales(picture)
  const at = (update, loss) => `${across(update).toFixed(1)},${up(loss).toFixed(1)}`
  const path = column => rows.map(row => at(row[0], row[column])).join("L")
  curve.setAttribute("d", rows.length ? `M${path(1)}` : "")
  const back = [...rows].reverse().map(row => at(row[0], row[2])).join("L")
  band.setAttribute("d", rows.length ? `M${path(3)}L${back}Z` : "")
  const last = rows.at(-1)
  newest.toggleAttribute("hidden", !last || last[0] > data.x.high)
  if (last) {
    newest.setAttribute("cx", across(last[0]))
    newest.setAttribute("cy", up(last[1]))
  }
  const looks = rows.filter(row => row.length > HELD_OUT)
  heldOut.replaceChildren(
    drawn("path", { d: looks.length ? `M${looks.map(row => at(row[0], row[HELD_OUT])).join("L")}` : "" }),
    ...looks.map(row => drawn("circle", { class: "look", r: 3, cx: across(row[0]), cy: up(row[HELD_OUT]) })),
  )
  const turned = rows.filter((row, k) => k && row[5] !== rows[k - 1][5])
  let free = -Infinity
  rates.replaceChildren(...turned.flatMap(row => {
    const x = across(row[0])
    if (x > right) return []
    const mark = line("rate", x, MARGIN.top, x, bottom)
    if (x < free) return [mark]
    const text = `rate ${row[5]}`
    free = x + (text.length + 1) * LETTER
    return [mark, words("of-rate", x, MARGIN.top - 6, text, "start")]
  }))
  pass(picture, picture.live)
  cursor(picture)
  if (picture.held !== null) read(picture, picture.held)
}

function nearest(picture, x) {
  const { across } = scales(picture)
  let best = null
  picture.rows.forEach((row, k) => {
    const far = Math.abs(across(row[0]) - x)
    if (best === null || far < best.far) best = { k, far }
  })
  return best && best.far < 30 ? best.k : null
}

function read(picture, k) {
  const { tip, data, rows, svg } = picture
  const row = k === null ? null : rows[k]
  picture.held = row ? k : null
  tip.hidden = !row
  svg.querySelector(".held")?.remove()
  if (!row) return
  const { across, up } = scales(picture)
  const [update, loss, low, high, accuracy, rate] = row
  const entries = [["Update", update.toLocaleString("en")]]
  if (data.per_epoch > 1) entries.push(["Epoch", String(Math.ceil(update / data.per_epoch))])
  entries.push(["Loss", digits(loss)], ["Lowest", digits(low)], ["Highest", digits(high)])
  if (accuracy !== null) entries.push(["Right guesses", `${(100 * accuracy).toFixed(1)}%`])
  if (row.length > HELD_OUT) entries.push(["On " + data.names[1], digits(row[HELD_OUT])])
  entries.push(["Learning rate", String(rate)])
  tip.replaceChildren(...entries.flatMap(([name, value]) => [
    Object.assign(document.createElement("span"), { textContent: name }),
    Object.assign(document.createElement("b"), { textContent: value }),
  ]))
  const [x, y] = [across(update), up(loss)]
  picture.svg.append(drawn("circle", { class: "held", r: 5, cx: x, cy: y }))
  const left = x > picture.width / 2
  tip.style.left = left ? "" : `${x + 12}px`
  tip.style.right = left ? `${picture.width - x + 12}px` : ""
  tip.style.top = `${Math.max(0, Math.min(y, picture.height - 210))}px`
}

const digits = value => String(Number(value.toPrecision(4)))
