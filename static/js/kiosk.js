// A shared tablet forgets the guest who walked away: after data-seconds without a touch it goes back to the menu. The menu
// itself is fetched again as often, because drinks sell out while nobody stands there.
import { one } from "./dom.js";

const { kiosk: home = "/", seconds = "60" } = one("[data-kiosk]").dataset;
/** @type {number | undefined} */
let timer;

function restart() {
  clearTimeout(timer);
  timer = setTimeout(leave, Number(seconds) * 1000);
}

async function leave() {
  // Check the connection first: navigating without one would leave an error page for the next guest.
  const there = await fetch(home, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (there?.ok) location.replace(home);
  else restart();
}

for (const event of ["pointerdown", "keydown", "input", "scroll"]) {
  document.addEventListener(event, restart, { passive: true, capture: true });
}
restart();

async function stayAwake() {
  if (document.hidden || !navigator.wakeLock) return;
  await navigator.wakeLock.request("screen").catch(() => null); // refused on a low battery
}
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
