// Offers words in a line of text: as the browser's own list, which keyboards, screen readers and
// phones know how to use. Each option is the line with its last word completed.

const ID = "rnnlab-known-words"

let unwatch = null // undoes what the last drawing has set up

export default function ({ data }) {
  unwatch?.()
  const lines = `.st-key-${data.line} input`
  let list = document.getElementById(ID)
  if (!list) {
    list = document.createElement("datalist")
    list.id = ID
    document.body.append(list)
  }
  // The line may be drawn after this, and anew at any time.
  const attach = () => document.querySelector(lines)?.setAttribute("list", ID)
  const drawn = new MutationObserver(attach)
  drawn.observe(document.body, { childList: true, subtree: true })
  attach()
  const offer = event => {
    const line = event.target
    if (!line.matches?.(lines)) return
    const taken = [...list.options].some(option => option.value === line.value)
    if (taken && event.inputType !== "insertText") return setTimeout(handIn, 50, line)
    list.replaceChildren(...completed(line.value, data).map(made))
  }
  document.addEventListener("input", offer)
  return (unwatch = () => {
    drawn.disconnect()
    document.removeEventListener("input", offer)
  })
}

function completed(text, { words, most }) {
  const [, before, begun] = text.match(/^(.*?)(\S*)$/s)
  if (!begun) return []
  const fitting = words.filter(word => word.startsWith(begun.toLowerCase()) && word !== begun)
  return fitting.slice(0, most).map(word => [before + word, word])
}

function made([text, word]) {
  const option = document.createElement("option")
  option.value = text
  option.label = word
  return option
}

// A word that is chosen from the list is read at once, as after Enter, when the page knows of it.
function handIn(line) {
  line.dispatchEvent(new KeyboardEvent("keydown", {
    key: "Enter", code: "Enter", bubbles: true, cancelable: true,
  }))
}
