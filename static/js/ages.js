// Counts ages in the browser, so that a fragment depends on the database alone:
//
//   <time datetime data-age>               becomes "4 min"; with data-age="plain" it is never late
//   <time datetime data-until="in {wait}"> counts down: "14:05 (in 4 min)"
//   [data-fresh-seconds] time[data-ready]  marks its line as data-fresh for that time
//
// The limits of an age stand on the board (data-warn-minutes, data-late-minutes), the wait that was promised on the time
// itself (data-from, data-to). The mark goes onto .age around it.
import { ageInWords, lateness, waitInWords } from "./age-words.js";
import { now } from "./clock.js";
import { write } from "./dom.js";
import "./events.js";

const OFTEN = 3000; // ms between two updates of the ages
const language = document.documentElement.lang;

/**
 * Sets an attribute, or removes it for "". Writes only changes, because each write costs a style calculation.
 * @param {Element | null} element
 * @param {string} name
 * @param {string} value
 */
function mark(element, name, value) {
  if (value === "") element?.removeAttribute(name);
  else if (element?.getAttribute(name) !== value) element?.setAttribute(name, value);
}

/** @param {HTMLTimeElement} time */
const secondsSince = (time) => (now() - Date.parse(time.dateTime)) / 1000;

/** @param {HTMLTimeElement} time */
function showAge(time) {
  const seconds = Math.max(0, secondsSince(time));
  write(time, ageInWords(seconds, language));
  /** @type {HTMLElement | null} */
  const board = time.closest("[data-late-minutes]");
  if (!board) return;
  const age = time.closest(".age") ?? time;
  // A ticket that was late and is ready is not late any more.
  if (time.dataset.age === "plain") return mark(age, "data-late", "");
  const limits = {
    warn: Number(board.dataset.warnMinutes || Infinity),
    late: Number(board.dataset.lateMinutes || Infinity),
  };
  const minutesTo = (/** @type {string | undefined} */ moment) =>
    moment ? (Date.parse(moment) - Date.parse(time.dateTime)) / 60_000 : 0;
  const promised = { from: minutesTo(time.dataset.from), to: minutesTo(time.dataset.to) };
  mark(age, "data-late", lateness(seconds / 60, limits, promised));
}

/** @param {HTMLTimeElement} time */
function showWait(time) {
  time.dataset.clock ??= time.textContent ?? "";
  const { clock, until = "" } = time.dataset;
  const wait = waitInWords(-secondsSince(time), language);
  write(time, wait ? `${clock} (${until.replace("{wait}", wait)})` : clock);
}

/** @param {HTMLTimeElement} time */
function showFreshness(time) {
  /** @type {HTMLElement | null} */
  const list = time.closest("[data-fresh-seconds]");
  mark(time.closest("li"), "data-fresh", secondsSince(time) < Number(list?.dataset.freshSeconds) ? "yes" : "");
}

/**
 * @param {string} selector
 * @param {(time: HTMLTimeElement) => void} show
 */
function each(selector, show) {
  for (const time of document.querySelectorAll(selector)) if (time instanceof HTMLTimeElement) show(time);
}

function update() {
  each("time[data-age]", showAge);
  each("time[data-until]", showWait);
  each("[data-fresh-seconds] time[data-ready]", showFreshness);
}

setInterval(update, OFTEN);
document.addEventListener("expresso:shown", update);
update();
