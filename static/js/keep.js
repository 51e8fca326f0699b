// Gives the service worker (templates/sw.js) what this tablet needs without a connection: this page, the board as it was
// last, and the form of a walk-in for each drink. On plain http, as in a local network, there is no service worker: a
// reload then needs the server.
import { all, byId } from "./dom.js";
import "./events.js";

const OFTEN = 2000; // ms between two copies of the board
const FRESH = 15 * 60_000; // ms for which the copied forms are fresh
const AGAIN = 10_000; // ms until the next check that all forms are stored
const SOON = 3000; // ms after loading, so that the page itself comes first

const { serviceWorker } = navigator;
/** @type {number | null} */
let timer = null;

function handBoard() {
  if (timer === null) return;
  clearTimeout(timer);
  timer = null;
  // The page is read, because a frame holds only the changes.
  serviceWorker.controller?.postMessage({ path: location.pathname, board: byId("board").outerHTML });
}

// Every page of the tablet shares the forms, so they are fetched again only when the last ones are old.
async function handForms() {
  /** @type {HTMLAnchorElement | null} */
  const link = document.querySelector("a[data-walk-in]");
  if (!link || !serviceWorker.controller) return;
  const menu = link.pathname;
  const complete = await caches.match(`${menu}?complete`);
  if (complete && Date.now() - Number(complete.headers.get("Kept-At")) < FRESH) return;
  const answer = await fetch(menu).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const drinks = all("button[name=drink]:enabled", page).map((tile) => tile.getAttribute("value") ?? "");
  const forms = drinks.map((drink) => `${menu}?${new URLSearchParams({ drink })}`);
  serviceWorker.controller.postMessage({ forms: [menu, ...forms] });
}

if (serviceWorker) {
  document.addEventListener("expresso:shown", () => {
    timer ??= setTimeout(handBoard, OFTEN);
  });
  window.addEventListener("pagehide", handBoard);
  document.addEventListener("visibilitychange", handBoard);
  setTimeout(handForms, SOON);
  setInterval(handForms, AGAIN);
  // A page that loaded before its service worker, or before a new version of it, is not stored yet: fetch it again.
  serviceWorker.addEventListener("controllerchange", () => fetch(location.pathname).catch(() => null));
  serviceWorker.register("/sw.js").catch(() => null);
}
