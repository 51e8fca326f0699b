// The wall, which nobody touches: long lists turn their pages by themselves, a newly ready order is said once to screen
// readers, and a new build of Expresso is fetched.
import "./ages.js";
import { all, byId, one } from "./dom.js";
import "./live.js";
import "./requests.js";

const TURN = 7000; // ms for which a page is shown: enough to find a name
const ROUND = 20_000; // ms within which all pages are shown once
/** Layouts from loose to dense (names in one column, in two, codes alone), each with its most pages. @type {[string,
number][]} */
const DENSITIES = [
  ["", 1],
  ["columns", 2],
  ["codes", Infinity],
];

/** Orders that were announced as ready. An order that becomes ready again is announced again. @type {Set<string>} */
let announced = new Set();
let turn = 0;
let pagesNow = 1;

function layOut() {
  pagesNow = Math.max(...all("[data-paged]").map(layOutList));
}

/**
 * Shows the page of a list whose turn it is; returns how many pages the list takes.
 * @param {HTMLElement} list
 */
function layOutList(list) {
  const items = all("li:not(.empty)", list);
  for (const item of items) item.removeAttribute("data-off");
  const pages = pagesOf(list, items);
  const shown = new Set(pages[turn % pages.length]);
  for (const item of items) if (!shown.has(item)) item.setAttribute("data-off", "");
  const label = one(`[data-page-of="${list.id}"]`);
  const page = String((turn % pages.length) + 1);
  const words = (label.dataset.words ?? "").replace("{page}", page).replace("{pages}", String(pages.length));
  label.textContent = pages.length > 1 ? words : "";
  return pages.length;
}

/**
 * Divides a list into pages, with the loosest layout that fits.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items
 */
function pagesOf(list, items) {
  let pages = [items];
  for (const [density, most] of DENSITIES) {
    if (density) list.dataset.density = density;
    else delete list.dataset.density;
    pages = density ? gridPages(list, items) : columnPages(list, items);
    if (pages.length <= most) break;
  }
  return pages;
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items
 */
function columnPages(list, items) {
  /** @type {HTMLElement[]} */
  let page = [];
  const pages = [page];
  let used = 0;
  for (const item of items) {
    if (used + item.offsetHeight > list.clientHeight && page.length) {
      page = [];
      pages.push(page);
      used = 0;
    }
    page.push(item);
    used += item.offsetHeight;
  }
  return pages;
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items
 */
function gridPages(list, items) {
  const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length;
  const rows = Math.floor(list.clientHeight / (items[0]?.offsetHeight || 1));
  const size = Math.max(1, rows * columns);
  const count = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: count }, (_, page) => items.slice(page * size, (page + 1) * size));
}

/** The announcement of orders that became ready since the last call. */
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
    turn = 0; // new ready orders are on the first page
  }
  layOut();
}

function turnLater() {
  setTimeout(
    () => {
      turn += 1;
      layOut();
      turnLater();
    },
    Math.min(TURN, ROUND / pagesNow),
  );
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

news(); // orders that are ready already are not announced
layOut();
document.fonts.ready.then(layOut);
turnLater();
window.addEventListener("resize", layOut);
document.addEventListener("expresso:shown", follow);
document.addEventListener("htmx:wsAfterMessage", renew);
