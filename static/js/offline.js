// Opens the page that was asked for as soon as the server answers again.
(() => {
  "use strict";

  const OFTEN = 3000; // ms between two questions
  // Not the worker's copy but the page itself: there is nothing behind it to open.
  if (document.querySelector("[data-board]")) return;

  // What was tapped is not sent by itself: whoever tapped it may have changed their mind.
  if (document.documentElement.hasAttribute("data-unsent")) {
    for (const line of document.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== "unsent";
    return;
  }

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
