// The page that the service worker shows where it has none (templates/offline.html): opens what was asked for as soon as
// the server answers again.
import { all, first } from "./dom.js";

const OFTEN = 3000; // ms between two questions

async function ask() {
  const signal = AbortSignal.timeout(OFTEN);
  const answer = document.hidden ? null : await fetch("/health/live", { signal, cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
  else setTimeout(ask, OFTEN);
}

const root = document.documentElement;
if (root.hasAttribute("data-unsent")) {
  // A form is not sent by itself: whoever tapped it may have changed their mind.
  for (const line of all("[data-when]")) line.hidden = line.dataset.when !== "unsent";
} else if (!first("[data-board]")) {
  window.addEventListener("online", () => location.reload());
  document.addEventListener("visibilitychange", () => document.hidden || location.reload());
  setTimeout(ask, OFTEN);
}
