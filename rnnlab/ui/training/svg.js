// Elements of a picture, made in a line each.

function drawn(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

function line(name, x1, y1, x2, y2) {
  return drawn("line", { class: name, x1, y1, x2, y2 })
}

function words(name, x, y, text, anchor) {
  const made = drawn("text", { class: name, x, y, "text-anchor": anchor })
  made.textContent = text
  return made
}

function element(tag, name, text = "") {
  return Object.assign(document.createElement(tag), { className: name, textContent: text })
}
