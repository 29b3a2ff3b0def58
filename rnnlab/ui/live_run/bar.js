// A bar, and above it where the run stands. It follows a stream if there is one; when that asks for
// a look, the page's script draws anew what only it can draw.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".bar")
  const bar = (root.bar ??= build(root))
  bar.report = setTriggerValue
  root.hidden = data.text === null
  if (bar.address !== data.stream) {
    bar.unfollow?.()
    Object.assign(bar, { address: data.stream, unfollow: null, streamed: false })
  }
  if (!bar.streamed) show(bar, data.text, data.share)
  if (data.stream && !bar.unfollow) {
    bar.unfollow = follow(data.stream, stream => hear(bar, stream))
  }
  return () => {
    bar.unfollow?.()
    root.bar = null
  }
}

function hear(bar, stream) {
  const spoken = stream.text !== null && !stream.blocked
  if (spoken) show(bar, stream.text, stream.share)
  bar.streamed = spoken && !stream.over
  if (stream.look === stream.answered) return
  stream.answered = stream.look
  bar.report("look", { number: stream.look, blocked: stream.blocked })
}

function build(root) {
  const text = Object.assign(document.createElement("p"), { className: "text" })
  const track = Object.assign(document.createElement("div"), { className: "track" })
  const done = Object.assign(document.createElement("div"), { className: "done" })
  track.setAttribute("role", "progressbar")
  track.setAttribute("aria-label", "How far it is")
  track.setAttribute("aria-valuemin", "0")
  track.setAttribute("aria-valuemax", "100")
  track.append(done)
  root.replaceChildren(text, track)
  return { text, track, done }
}

function show(bar, text, share) {
  if (text === null) return
  if (bar.text.textContent !== text) bar.text.textContent = text
  bar.done.style.width = `${100 * share}%`
  bar.track.setAttribute("aria-valuenow", String(Math.round(100 * share)))
  bar.track.setAttribute("aria-valuetext", text)
}
