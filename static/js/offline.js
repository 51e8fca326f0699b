// Opens the page that was asked for as soon as the server answers again.
(() => {
  "use strict";

  const OFTEN = 3000; // ms between two questions
  // Not the worker's copy but the page itself: there is nothing behind it to open.
  if (document.querySelector("[data-board]")) return;

  async function ask() {
    const signal = AbortSignal.timeout(OFTEN);
    const answer = document.hidden ? null : await fetch("/health/live", { signal, cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
    else setTimeout(ask, OFTEN);
  }

  window.addEventListener("online", () => location.reload());
  document.addEventListener("visibilitychange", () => document.hidden || location.reload());
  setTimeout(ask, OFTEN);
})();
