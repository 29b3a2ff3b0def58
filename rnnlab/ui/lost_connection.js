// A page that has given up its connection is opened anew: its address says what it shows.
//
// Streamlit's page forgets large messages when a run of its script ends, even those that it has told
// the server it has, for the run after it. Sent one by name alone that it no longer has, it gives up
// for ever (1.67).
{
  const AT_LEAST = 3000 // ms that a page was open, lest one that cannot live is opened again and again

  new MutationObserver(() => {
    const lost = document.querySelector("[data-test-connection-state=DISCONNECTED_FOREVER]")
    if (lost && performance.now() > AT_LEAST) location.reload()
  }).observe(document, { subtree: true, attributeFilter: ["data-test-connection-state"] })
}
