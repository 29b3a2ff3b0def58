// What a loss is held against: the lines of theory and earlier curves. Their names stand beside the
// plot, or under it where there is little room, clear of the curve and of each other. Each explains
// itself when it is pointed at, touched or focused, and says when the curve has come past it.

const ROOM_FOR_NAMES = 520 // px of the whole picture from which on names stand beside the plot
const NAME_HEIGHT = 22
const DASHES = ["7 4", "2 3", "14 4", "12 3 2 3", "8 3 2 3 2 3"]
const READING = 3000 // ms that a sentence stays before another one takes its place
const SPOKEN = 6000 // the same, for who hears it

const named = picture => [
  ...picture.data.lines.map(({ loss, label, meaning, ...bound }, k) =>
    ({ ...bound, loss, text: label, meaning, dash: DASHES[k % DASHES.length], kind: "bound" })),
  ...picture.data.earlier.map(({ label, points }) =>
    ({ loss: points.at(-1)[1], text: label, meaning: ended(label, points), dash: "1 3", kind: "earlier" })),
]

const ended = (label, points) =>
  `The pale curve is ${label}: it came to ${digits(points.at(-1)[1])} after ${points.at(-1)[0].toLocaleString("en")} updates.`

// How much room names need beside the plot: all of it, or a letter's.
function gutter(picture) {
  if (picture.width < ROOM_FOR_NAMES) return 24
  const longest = Math.max(0, ...named(picture).map(({ text }) => text.length))
  return Math.min(210, 26 + 5.8 * longest)
}

// Draw the names and what leads to them; a button each, which can be pointed at and focused.
function name(picture, { right, bottom, up }) {
  const beside = picture.width >= ROOM_FOR_NAMES
  const items = named(picture).map((item, k) => ({ ...item, letter: String.fromCharCode(97 + k), y: up(item.loss) }))
  const places = spread(items.map(({ y }) => y), MARGIN.top, bottom, beside ? NAME_HEIGHT : 15)
  const marks = items.flatMap((item, k) => {
    const lead = drawn("path", { class: "lead", d: `M${right},${item.y}L${right + 9},${places[k]}h4` })
    return beside ? [lead] : [lead, words("letter", right + 15, places[k] + 4, item.letter, "start")]
  })
  picture.buttons = items.map((item, k) => {
    const button = element("button", `name ${item.kind}`)
    button.type = "button"
    const sample = drawn("svg", { width: 22, height: 8, "aria-hidden": "true" })
    sample.append(drawn("path", { class: item.kind, d: "M0,4h22", "stroke-dasharray": item.dash }))
    if (!beside) button.append(element("b", "", item.letter), sample)
    button.append(element("span", "", item.text))
    button.title = item.text
    if (beside) Object.assign(button.style, { left: `${right + 15}px`, top: `${places[k] - NAME_HEIGHT / 2}px` })
    button.onpointerenter = button.onfocus = button.onclick = () => choose(picture, k)
    button.onpointerleave = button.onblur = () => choose(picture, null)
    return button
  })
  picture.key.classList.toggle("beside", beside)
  picture.key.replaceChildren(...picture.buttons)
  return marks
}

// Where names stand that want to be at `wanted`: in its order, at least `gap` from each other.
function spread(wanted, low, high, gap) {
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b] || a - b)
  const places = []
  let free = low
  for (const k of order) free = (places[k] = Math.max(wanted[k], free)) + gap
  let top = high
  for (const k of order.reverse()) top = (places[k] = Math.min(places[k], top)) - gap
  return places
}

// Which line is at this height, if one is.
function lineAt(picture, y) {
  const { up } = scales(picture)
  const far = picture.data.lines.map(({ loss }) => Math.abs(up(loss) - y))
  const nearest = far.indexOf(Math.min(...far))
  return far[nearest] < 5 ? nearest : null
}

function choose(picture, k) {
  if (picture.chosen === k) return
  picture.chosen = k
  picture.svg.classList.toggle("choosing", k !== null)
  picture.svg.querySelectorAll("[data-line]").forEach(mark =>
    mark.classList.toggle("chosen", mark.dataset.line === String(k)))
  picture.buttons.forEach((button, at) => button.classList.toggle("chosen", at === k))
  tell(picture)
}

function tell(picture) {
  const { chosen, data, said } = picture
  const item = chosen === null ? null : named(picture)[chosen]
  const passed = item && picture.passed.get(item.text)
  const text = item ? item.meaning + (passed ? ` The curve passed it at update ${passed.toLocaleString("en")}.` : "")
    : picture.news ?? data.hint
  if (said.textContent !== text) said.textContent = text
}

// See which lines the curve has come past, mark the places, and say the latest.
function pass(picture, live) {
  const { data, rows, crossings } = picture
  const { across, up, right } = scales(picture)
  const before = picture.passed
  picture.passed = new Map()
  const marks = []
  for (const { reach, label } of data.lines) {
    const at = firstBelow(rows, reach, data)
    if (!at) continue
    const [update, height] = at
    picture.passed.set(label, update)
    const x = across(update)
    if (x <= right) marks.push(drawn("path", { class: "crossing", d: `M${x},${up(height) - 5}l5,5l-5,5l-5,-5Z` }))
  }
  crossings.replaceChildren(...marks)
  const latest = data.lines.findLast(({ label }) => picture.passed.has(label) && !before.has(label))
  if (!rows.length) picture.news = null
  if (live && latest) {
    picture.coming = `Update ${picture.passed.get(latest.label).toLocaleString("en")}: ${latest.crossed}`
    flash(picture, data.lines.indexOf(latest))
    say(picture)
  }
  tell(picture)
}

// Where it first was below, by update and loss, on data that it had not learnt from: on the curve of
// the first epoch, whose data are all new, and on the dots. A dot is a mean over many; a point of the
// curve may be luck, so the one after it must lie below too.
function firstBelow(rows, reach, { per_epoch, names }) {
  const fresh = row => !names[1] || row[0] <= per_epoch
  for (const [k, row] of rows.entries()) {
    if (row[HELD_OUT] < reach) return [row[0], row[HELD_OUT]]
    const after = rows[k + 1]
    if (after && fresh(after) && row[1] < reach && after[1] < reach) return [row[0], row[1]]
  }
  return null
}

// The sentence that has come, once the one that stands there could be read; to ears more rarely.
function say(picture) {
  if (picture.saying) return
  picture.news = picture.coming
  picture.saying = setTimeout(() => {
    picture.saying = null
    if (picture.coming !== picture.news) say(picture)
    else rest(picture)
  }, READING)
  tell(picture)
  if (picture.speaking) return
  picture.spoken.textContent = picture.news
  picture.speaking = setTimeout(() => {
    picture.speaking = null
    if (picture.spoken.textContent !== picture.news) picture.spoken.textContent = picture.news
  }, SPOKEN)
}

// Once a run has stopped, what can be done with its curve is said, unless something is still read.
function rest(picture) {
  if (!picture.data.moments || picture.saying) return
  picture.news = null
  tell(picture)
}

function flash(picture, k) {
  const mark = picture.svg.querySelector(`[data-line="${k}"]`)
  mark?.classList.remove("flash")
  requestAnimationFrame(() => mark?.classList.add("flash"))
}
