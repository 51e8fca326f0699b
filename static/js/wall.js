// The wall, which nobody touches: long lists turn their pages by themselves, a newly ready order is said once to screen
// readers, and a new build of Expresso is fetched.
import "./ages.js";
import { all, byId, one } from "./dom.js";
import "./live.js";
import "./requests.js";

const TURN = 7000; // ms a page stands: long enough to look up and find a name

/** Orders that were said to be ready; one that was ready before and is so again is said again. @type {Set<string>} */
let announced = new Set();
let turn = 0;

function layOut() {
  for (const list of all("[data-paged]")) {
    const items = all("li:not(.empty)", list);
    for (const item of items) item.removeAttribute("data-off");
    const pages = pagesOf(items, list.clientHeight);
    const shown = new Set(pages[turn % pages.length]);
    for (const item of items) if (!shown.has(item)) item.setAttribute("data-off", "");
    const label = one(`[data-page-of="${list.id}"]`);
    const page = String((turn % pages.length) + 1);
    const words = (label.dataset.words ?? "").replace("{page}", page).replace("{pages}", String(pages.length));
    label.textContent = pages.length > 1 ? words : "";
  }
}

/**
 * @param {HTMLElement[]} items
 * @param {number} height
 */
function pagesOf(items, height) {
  /** @type {HTMLElement[]} */
  let page = [];
  const pages = [page];
  let used = 0;
  for (const item of items) {
    if (used + item.offsetHeight > height && page.length) {
      page = [];
      pages.push(page);
      used = 0;
    }
    page.push(item);
    used += item.offsetHeight;
  }
  return pages;
}

/** What became ready since the last call, in words. */
function news() {
  const ready = all("#list-ready [data-announce]");
  const fresh = ready.filter((item) => !announced.has(item.id));
  announced = new Set(ready.map((item) => item.id));
  return fresh.map((item) => item.dataset.announce).join(". ");
}

function follow() {
  const text = news();
  if (text) {
    byId("announce").textContent = text;
    turn = 0; // whoever became ready stands on the first page
  }
  layOut();
}

// A new build -----------------------------------------------------------------------------------------------------------

// A pulse names the build that sent it. In the middle of a deployment the page may still come from the old build, so it is
// asked for at most every ten minutes, and only a server that gives the page is reloaded from.
const AGAIN = 10 * 60_000; // ms
const ASKED = "expresso.renewed";
const buildNow = () => document.getElementById("pulse")?.dataset.build;
const built = buildNow();
let isRenewing = false;

async function renew() {
  const asked = Number(sessionStorage.getItem(ASKED) || 0);
  if (isRenewing || !buildNow() || buildNow() === built || Date.now() - asked < AGAIN) return;
  isRenewing = true;
  const page = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  isRenewing = false;
  if (!page?.ok) return;
  sessionStorage.setItem(ASKED, String(Date.now()));
  location.reload();
}

news(); // what is ready already is not news
layOut();
document.fonts.ready.then(layOut);
setInterval(() => {
  turn += 1;
  layOut();
}, TURN);
window.addEventListener("resize", layOut);
document.addEventListener("expresso:shown", follow);
document.addEventListener("htmx:wsAfterMessage", renew);
