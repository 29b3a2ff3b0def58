// The browser's history: one entry for each step of a person. It stands before Streamlit's scripts.
{
  const push = history.pushState.bind(history)
  const replace = history.replaceState.bind(history)

  // A query that ends with "&" says better what the entry shows that there is: see address.py.
  function goTo(state, url, write) {
    const to = new URL(url ?? location.href, location.href)
    const ofThisEntry = to.search.endsWith("&") || to.href.endsWith("?&")
    if (ofThisEntry) to.search = to.search.replace(/&$/, "").replace(/^\?$/, "")
    if (to.href === location.href && write === push) return
    const opens = to.pathname !== location.pathname
    ;(ofThisEntry ? replace : write)(state, "", to.href)
    if (opens) top()
  }

  history.pushState = (state, _, url) => goTo(state, url, push)
  history.replaceState = (state, _, url) => goTo(state, url, replace)

  function top() {
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  }

  // A link within the lab is an address to go to: the page then shows what that says, as after Back.
  function open(href) {
    goTo({}, href, push)
    top()
    dispatchEvent(new PopStateEvent("popstate"))
  }

  addEventListener("click", event => {
    const link = event.composedPath().find(node => node instanceof HTMLAnchorElement)
    if (!link || link.origin !== location.origin) return
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      event.stopImmediatePropagation() // Streamlit would open it here; the browser knows better
      return
    }
    const page = link.closest(".stPageLink"), to = page ? pageOf(link) : new URL(link.href)
    if (to.search && (page || link.className === "of-lab")) {
      event.preventDefault()
      event.stopImmediatePropagation()
      open(to.href)
    }
  }, true)

  // Home has no name: Streamlit's link to it says nothing but the query, which a browser takes for
  // the page that one is on.
  function pageOf(link) {
    const says = link.getAttribute("href")
    return new URL(says && !says.startsWith("?") ? says : `./${says}`, location.href)
  }
}
