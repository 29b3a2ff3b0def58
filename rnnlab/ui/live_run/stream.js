// The browser's side of a run's stream. All pictures of a page that follow the same run share one
// connection; what has come stays for the next picture that follows it.

const streams = (globalThis.rnnlabStreams ??= new Map())
const KEPT = 6 // streams whose rows are kept
const UNKNOWN = 4404 // the code with which a stream closes that the server no longer has
const POLL = 1500 // ms between two looks where no stream comes through, as behind some proxies

// Call `listener` with the stream whenever there is news of it; what is returned ends that.
function follow(address, listener) {
  const stream = streams.get(address) ?? open(address)
  stream.listeners.add(listener)
  if (!stream.socket && !stream.over) connect(stream)
  listener(stream)
  return () => {
    stream.listeners.delete(listener)
    setTimeout(() => stream.listeners.size || leave(stream), 500)
  }
}

function open(address) {
  const listeners = new Set()
  const stream = { address, rows: [], text: null, share: 0, look: 0, answered: 0, over: false, blocked: false, listeners }
  streams.set(address, stream)
  for (const old of [...streams.values()].slice(0, -KEPT)) if (!old.listeners.size) streams.delete(old.address)
  return stream
}

function connect(stream) {
  const url = new URL(stream.address, document.location.href)
  url.protocol = url.protocol.replace("http", "ws")
  url.search = url.hash = ""
  const socket = stream.socket = new WebSocket(url)
  stream.look = stream.answered = 0 // each connection counts its own
  let came = false
  socket.onmessage = event => {
    came = true
    receive(stream, JSON.parse(event.data))
  }
  socket.onclose = event => {
    if (stream.socket !== socket) return
    stream.socket = null
    if (event.code === UNKNOWN) stream.over = true
    if (stream.over || !stream.listeners.size) return
    setTimeout(() => stream.listeners.size && !stream.socket && connect(stream), POLL)
    if (!came) receive(stream, { look: stream.look + 1, blocked: true })
  }
}

function leave(stream) {
  const { socket } = stream
  stream.socket = null
  socket?.close()
}

function receive(stream, news) {
  if (news.rows) stream.rows.splice(news.first, Infinity, ...news.rows)
  if (news.text !== undefined) Object.assign(stream, { text: news.text, share: news.share })
  if (news.over) stream.over = true
  if (news.look) stream.look = news.look
  stream.blocked = news.blocked ?? false
  for (const listener of stream.listeners) listener(stream)
}
