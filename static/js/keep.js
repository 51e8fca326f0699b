// Hands the worker of the site (templates/sw.js) what this tablet should have without a connection: this page, the board as
// it was last, and the forms of walk-ins, a drink each. Without https, as in a plain local network, there is no worker: then a reload needs the server.
(() => {
  "use strict";

  const OFTEN = 2000; // ms between two boards that are handed over
  const SELDOM = 15 * 60_000; // ms that the forms are good for
  const AGAIN = 10_000; // ms until the next look whether they are all here
  const SOON = 3000; // ms after the page stands: first what is looked at, then what may be needed

  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  let timer = null;

  // The page's own, for a frame has only what changed.
  function hand() {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    serviceWorker.controller?.postMessage({ path: location.pathname, board: document.getElementById("board").outerHTML });
  }

  for (const event of ["htmx:afterSwap", "htmx:oobAfterSwap"]) {
    document.addEventListener(event, () => (timer ??= setTimeout(hand, OFTEN)));
  }
  window.addEventListener("pagehide", hand);
  document.addEventListener("visibilitychange", hand);

  // As a tap on the menu would ask for them, unless all of them came lately, whatever page it was on.
  async function handForms() {
    const menu = document.querySelector("[data-walk-in]")?.pathname;
    if (!menu || !serviceWorker.controller) return;
    const complete = await caches.match(`${menu}?complete`);
    if (complete && Date.now() - complete.headers.get("Kept-At") < SELDOM) return;
    const answer = await fetch(menu).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const drinks = Array.from(page.querySelectorAll("button[name=drink]:enabled"), (tile) => tile.value);
    const forms = drinks.map((drink) => `${menu}?${new URLSearchParams({ drink })}`);
    serviceWorker.controller.postMessage({ forms: [menu, ...forms] });
  }
  setTimeout(handForms, SOON);
  setInterval(handForms, AGAIN);

  // A page that came before its worker, or before the worker's new version, is not with it yet.
  serviceWorker.addEventListener("controllerchange", () => fetch(location.pathname).catch(() => null));
  serviceWorker.register("/sw.js").catch(() => null);
})();
