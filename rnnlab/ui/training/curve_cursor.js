// The pointer on a loss curve, and the one cursor of time: of a run that has stopped it is the moment
// that the pictures below show. A click or a drag moves it; only what it is let go at is reported.

function watchPointer(picture) {
  const { svg } = picture
  const see = event => {
    choose(picture, lineAt(picture, event.offsetY))
    read(picture, nearest(picture, event.offsetX))
    if (picture.drags) picture.going = momentAt(picture, event.offsetX)
    cursor(picture)
  }
  svg.onpointermove = see
  svg.onpointerdown = event => {
    picture.drags = Boolean(picture.data.moments) && event.button === 0
    see(event)
  }
  const drop = () => {
    const { going } = picture
    Object.assign(picture, { drags: false, going: null })
    return going
  }
  svg.onpointerup = () => {
    const going = drop() // what is there now is pointed at, but no longer held
    if (going !== null && going !== undefined) moveTo(picture, going)
  }
  svg.onpointercancel = svg.onpointerleave = () => {
    drop()
    cursor(picture)
    choose(picture, null)
    read(picture, null)
  }
}

// The moment that is looked at below, among those that can be.
function cursor(picture) {
  const { data, going } = picture
  const step = going ?? data.moment
  const { across, bottom, right } = scales(picture)
  const x = step === null ? NaN : across(step)
  const shown = data.moments && x <= right
  picture.svg.classList.toggle("with-moments", Boolean(data.moments))
  picture.cursor.replaceChildren(...shown ? [
    line("at", x, MARGIN.top - 4, x, bottom),
    drawn("path", { class: "handle", d: `M${x},${bottom - 9}l7,9v6h-14v-6Z` }),
  ] : [])
}

function momentAt(picture, x) {
  const { across } = scales(picture)
  const far = step => Math.abs(across(step) - x)
  return picture.data.moments.reduce((best, step) => far(step) < far(best) ? step : best)
}

function moveTo(picture, update) {
  const { moments, moment } = picture.data
  if (!moments) return
  const step = moments.reduce((best, one) => Math.abs(one - update) < Math.abs(best - update) ? one : best)
  if (step === moment) return cursor(picture)
  picture.data = { ...picture.data, moment: step } // until the page has drawn it
  cursor(picture)
  picture.report(step)
}
