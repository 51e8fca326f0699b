// Hands the worker of the site (templates/sw.js) what this tablet should have without a connection: this page, and the board
// as it was last. Without https, as in a plain local network, there is no worker: then a reload needs the server.
(() => {
  "use strict";

  const OFTEN = 1000; // ms between two boards that are handed over

  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  let board = null;
  let timer = null;

  function hand() {
    clearTimeout(timer);
    timer = null;
    if (board !== null) serviceWorker.controller?.postMessage({ path: location.pathname, board });
    board = null;
  }

  function note(html) {
    if (!html.includes('id="board"')) return;
    board = html.split(/<div id="(?:pulse|said)"/)[0];
    timer ??= setTimeout(hand, OFTEN);
  }

  document.addEventListener("htmx:wsBeforeMessage", (event) => event.defaultPrevented || note(event.detail.message));
  document.addEventListener("htmx:beforeSwap", (event) => event.detail.shouldSwap && note(event.detail.serverResponse));
  document.addEventListener("expresso:answer", (event) => note(event.detail));
  window.addEventListener("pagehide", hand);
  document.addEventListener("visibilitychange", hand);

  // A page that came before its worker, or before the worker's new version, is not with it yet.
  serviceWorker.addEventListener("controllerchange", () => fetch(location.pathname).catch(() => null));
  serviceWorker.register("/sw.js").catch(() => null);
})();
