// Shows the effect of taps on a ticket before the server has answered.

import { now } from "../clock.js";
import { all, byId, first, one, textOf } from "../dom.js";
import { STEPS } from "../steps.js";

/** @typedef {import("./queue.js").Tap} Tap */
/** @typedef {import("./projection.js").Projection} Projection */

const template = (/** @type {string} */ id) => /** @type {HTMLTemplateElement} */ (byId(id)).content;

/**
 * A copy of the one element in a template.
 * @param {string} id
 */
export const fromTemplate = (id) => /** @type {HTMLElement} */ (template(id).firstElementChild?.cloneNode(true));

/**
 * Changes of a ticket by a tap, besides its column. Applying one twice has no further effect.
 * @type {Record<string, (ticket: HTMLElement, tap: Tap) => void>}
 */
const CHANGES = {
  start: (ticket, tap) => showMaker(ticket, tap),
  take_over: (ticket, tap) => showMaker(ticket, tap),
  tick: (ticket, tap) => tickOff(ticket, tap, true),
  untick: (ticket, tap) => tickOff(ticket, tap, false),
  accept: (ticket) => answerWish(ticket, true),
  decline: (ticket) => answerWish(ticket, false),
  first: (ticket) => putFirst(ticket),
  in_turn: (ticket) => putInTurn(ticket),
  seen: (ticket) => first(".answer", ticket)?.remove(),
  undo: (ticket, tap) => STEPS.statuses[tap.to]?.isStarted === false && showMaker(ticket, null),
};

/**
 * @param {HTMLElement} ticket
 * @param {number} pk
 * @param {Projection} projection
 * @param {string} next  the verb of the big button in the status that it is shown in
 * @param {boolean} isLate
 */
export function project(ticket, pk, { taps, to, seen }, next, isLate) {
  for (const tap of taps) CHANGES[tap.verb]?.(ticket, tap);
  ticket.dataset.seen = String(seen);
  delete ticket.dataset.digest; // the ticket differs from what the server rendered
  showUnsent(ticket, isLate);
  const last = taps.at(-1);
  if (!last || !to || ticket.dataset.status === to) return;
  ticket.dataset.status = to;
  showStep(ticket, `/stations/${last.station}/orders/${pk}/${next}/`, next);
  if (STEPS.statuses[to]?.isMade) beginAge(ticket, last.at);
}

/**
 * @param {HTMLElement} ticket
 * @param {Tap | null} tap
 */
function showMaker(ticket, tap) {
  first(".maker", ticket)?.remove();
  delete ticket.dataset.maker;
  if (!tap) return;
  ticket.dataset.maker = tap.user;
  let marks = first(".marks", ticket);
  if (!marks) {
    marks = Object.assign(document.createElement("p"), { className: "marks" });
    one(":scope > .lines", ticket).before(marks);
  }
  marks.append(Object.assign(document.createElement("span"), { className: "maker", textContent: tap.name }));
}

/** @param {HTMLElement} ticket */
function putFirst(ticket) {
  if (ticket.dataset.first !== undefined) return;
  ticket.dataset.first = "";
  ticket.parentElement?.prepend(ticket);
}

/** @param {HTMLElement} ticket */
function putInTurn(ticket) {
  if (ticket.dataset.first === undefined) return;
  delete ticket.dataset.first;
  if (ticket.parentElement) place(ticket, ticket.parentElement);
}

/**
 * @param {HTMLElement} ticket
 * @param {Tap} tap
 * @param {boolean} isMade
 */
function tickOff(ticket, tap, isMade) {
  const item = new URLSearchParams(tap.body).get("item");
  const button = first(`.tick[value="${item}"]`, ticket);
  if (!button) return;
  button.setAttribute("aria-pressed", String(isMade));
  button.setAttribute("formaction", tap.path.replace(/\w+\/$/, isMade ? "untick/" : "tick/"));
  button.closest(".line")?.classList.toggle("made", isMade);
}

/**
 * @param {HTMLElement} ticket
 * @param {boolean} yes
 */
function answerWish(ticket, yes) {
  const wish = first(".wish", ticket);
  const lines = first(".lines", wish);
  if (yes && lines) one(":scope > .lines", ticket).replaceWith(lines);
  wish?.remove();
}

/**
 * @param {HTMLElement} ticket
 * @param {boolean} isLate
 */
function showUnsent(ticket, isLate) {
  const shown = first(".unsent", ticket);
  ticket.toggleAttribute("data-stuck", isLate);
  if (isLate && !shown) one(".ticket-head", ticket).after(fromTemplate("unsent-sign"));
  else if (!isLate) shown?.remove();
}

/**
 * @param {HTMLElement} ticket
 * @param {string} address
 * @param {string} verb
 */
function showStep(ticket, address, verb) {
  const button = one(".go", ticket);
  const step = one(`[data-verb="${verb}"]`, template("big-buttons"));
  const [code, name] = [".code", ".name"].map((part) => textOf(first(part, ticket)));
  button.dataset.verb = verb;
  button.setAttribute("formaction", address);
  button.setAttribute("aria-label", `${textOf(step)} ${code}, ${name}`);
  button.replaceChildren(...step.cloneNode(true).childNodes);
}

/**
 * @param {HTMLElement} ticket
 * @param {number} at
 */
function beginAge(ticket, at) {
  const age = /** @type {HTMLTimeElement} */ (one(".age time", ticket));
  age.dateTime = new Date(at + now() - Date.now()).toISOString();
  age.dataset.age = "plain";
}

/**
 * Puts a ticket into a column, behind those put first and by age. The server's next fragment corrects the order of tickets of the same age.
 * @param {HTMLElement} ticket
 * @param {HTMLElement} list
 */
export function place(ticket, list) {
  const number = (/** @type {Element} */ one) => Number(one.id.slice(6));
  const inTurn = Array.from(list.children).filter((other) => !other.matches("[data-first]"));
  const after = inTurn.find((other) => number(other) > number(ticket)) ?? null;
  const focused = ticket.contains(document.activeElement) ? document.activeElement : null;
  // moveBefore keeps the focus and open fields, in browsers that have it.
  if ("moveBefore" in list && ticket.isConnected) list.moveBefore(ticket, after);
  else list.insertBefore(ticket, after);
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
}

/** Counts the tickets of each column again. */
export function recount() {
  for (const column of all("#board .column")) {
    const count = one(".count", column);
    count.textContent = String(all(".ticket", column).length + Number(count.dataset.more ?? 0));
  }
}
