// The page that the service worker shows without a connection (templates/offline.html). It opens the requested page as
// soon as the server answers again.
import { all, first } from "./dom.js";

const OFTEN = 3000; // ms between two requests

async function ask() {
  const signal = AbortSignal.timeout(OFTEN);
  const answer = document.hidden ? null : await fetch("/health/live", { signal, cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
  else setTimeout(ask, OFTEN);
}

const root = document.documentElement;
if (root.hasAttribute("data-unsent")) {
  // A form is not sent again by itself: the person may have changed their mind.
  for (const line of all("[data-when]")) line.hidden = line.dataset.when !== "unsent";
} else if (!first("[data-board]")) {
  window.addEventListener("online", () => location.reload());
  document.addEventListener("visibilitychange", () => document.hidden || location.reload());
  setTimeout(ask, OFTEN);
}
