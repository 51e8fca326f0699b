// Hands the worker of the site (templates/sw.js) what this tablet should have without a connection: this page, and the board
// as it was last. Without https, as in a plain local network, there is no worker: then a reload needs the server.
(() => {
  "use strict";

  const OFTEN = 2000; // ms between two boards that are handed over

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

  // A page that came before its worker, or before the worker's new version, is not with it yet.
  serviceWorker.addEventListener("controllerchange", () => fetch(location.pathname).catch(() => null));
  serviceWorker.register("/sw.js").catch(() => null);
})();
