// Watches the box in which somebody types. At a pause it hands the text in, as Ctrl+Enter does; of a
// text that is too long for that, it greys the verdict and says that it is old.

const PAUSE = 300 // milliseconds after the last key

export default function ({ data, parentElement }) {
  const note = parentElement.querySelector(".typing")
  note.setAttribute("role", "status")
  const verdict = () => document.querySelector(`.st-key-${data.verdict}`)
  const grey = isOld => {
    verdict()?.style.setProperty("opacity", isOld ? "0.4" : "")
    note.textContent = isOld ? data.old : ""
  }
  const box = document.querySelector(`.st-key-${data.box} textarea`)
  if (!box) return
  if (box.value.length === data.read) grey(false)
  const typed = event => {
    clearTimeout(box.pause)
    grey(box.value.length > data.most)
    if (!event.isComposing && box.value.length <= data.most) box.pause = setTimeout(handIn, PAUSE)
  }
  const handIn = () => box.dispatchEvent(new KeyboardEvent("keydown", {
    key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true,
  }))
  box.unwatch?.() // what a drawing before this one has set up
  box.addEventListener("input", typed)
  box.unwatch = () => box.removeEventListener("input", typed)
  return box.unwatch
}
