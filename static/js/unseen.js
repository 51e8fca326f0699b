// A new order is loud until somebody has touched its ticket: it pulses, and sounds again every few seconds. So is an order
// whose drinks or notes have changed since somebody touched it; its ticket says what it was. A customer's answer sounds
// once, and a customer who asks for a person sounds until somebody sees to it. The tablet remembers what was seen, so that what came while the page was away is loud as well.
import { all, byId, first, hit, one, textOf, write } from "./dom.js";
import "./events.js";
import { play } from "./sound.js";
import { STEPS } from "./steps.js";

const AGAIN = 7000; // ms between two sounds
const KEPT = `expresso.seen-drinks.${location.pathname}`;

/**
 * What was on a ticket when it was touched last.
 * @typedef {object} Seen
 * @property {string} drinks  the digest of its drinks and notes
 * @property {string} words  the drinks in words
 * @property {string} wished  the drinks that the customer asked for instead
 */

const kept = localStorage.getItem(KEPT);
/** What was seen, by ticket. @type {Map<string, Seen>} */
const seen = new Map(kept === null ? [] : JSON.parse(kept));
// At the start of a shift all waiting orders count as seen.
if (kept === null) for (const ticket of tickets()) seen.set(ticket.id, seenOn(ticket));
/** The tickets that the tablet remembers; null after a change of `seen`. @type {string | null} */
let remembered = null;
let answered = countAnswers();
let called = countCalls();

function tickets() {
  return all("#board .ticket");
}

function countAnswers() {
  return all("#board .answer").length;
}

function countCalls() {
  return all("#board .person-call").length;
}

const unseen = () => all("#board .ticket[data-unseen]");

/** @param {HTMLElement} ticket */
function seenOn(ticket) {
  return { drinks: ticket.dataset.drinks ?? "", words: drinksIn(ticket), wished: drinksIn(first(".wish", ticket)) };
}

/**
 * "2 Latte, Large, Oat; Espresso"
 * @param {HTMLElement | null} place
 */
function drinksIn(place) {
  const lines = place ? all(":scope > .lines > .line", place) : [];
  return lines.map(lineInWords).join("; ");
}

/** @param {HTMLElement} line */
function lineInWords(line) {
  const quantity = Number.parseInt(textOf(first(".quantity", line)), 10);
  const words = all(".drink, .milk, .difference, .note", line).map(textOf).join(", ");
  return quantity > 1 ? `${quantity} ${words}` : words;
}

function look() {
  const before = unseen().length;
  for (const was of all("#board .was")) {
    const ticket = /** @type {HTMLElement | null} */ (was.closest(".ticket"));
    if (ticket && seen.get(ticket.id)?.drinks === ticket.dataset.drinks) was.remove();
  }
  for (const ticket of tickets()) judge(ticket);
  if (unseen().length > before || countAnswers() > answered || countCalls() > called) play();
  [answered, called] = [countAnswers(), countCalls()];
  show();
}

/** @param {HTMLElement} ticket */
function judge(ticket) {
  const last = seen.get(ticket.id);
  // An order that was started has been seen, on this tablet or on another one.
  if (!last && STEPS.statuses[ticket.dataset.status ?? ""]?.isStarted !== false) see(ticket);
  else if (!last) shout(ticket, "new", "New", "");
  else if (last.drinks !== ticket.dataset.drinks) {
    // A barista who accepts a change request has seen it.
    if (drinksIn(ticket) === last.wished) see(ticket);
    else shout(ticket, "changed", "Changed", `Was: ${last.words}`);
  }
}

/**
 * @param {HTMLElement} ticket
 * @param {"new" | "changed"} why
 * @param {string} sign
 * @param {string} was
 */
function shout(ticket, why, sign, was) {
  ticket.dataset.unseen = why;
  write(one(".new-sign", ticket), sign);
  if (!was) return;
  const line = first(".was", ticket) ?? Object.assign(document.createElement("p"), { className: "was" });
  if (!line.isConnected) one(":scope > .lines", ticket).before(line);
  write(line, was);
}

/** @param {HTMLElement} ticket */
function see(ticket) {
  seen.set(ticket.id, seenOn(ticket));
  remembered = null;
  // The line with the earlier drinks stays until the next render, so that the button below it does not move.
  delete ticket.dataset.unseen;
}

function seeAll() {
  const [topmost] = unseen();
  unseen().forEach(see);
  topmost?.scrollIntoView({ block: "nearest" });
  show();
}

function show() {
  const count = unseen().length;
  const button = byId("unseen");
  button.hidden = count === 0;
  const areNew = unseen().every((ticket) => ticket.dataset.unseen === "new");
  write(one("[data-unseen-text]", button), `${count} ${areNew ? "new" : "new or changed"}`);
  remember();
}

/** A tap happens on a board of many tickets: what they had is written only when it or the tickets have changed. */
function remember() {
  const ids = tickets().map((ticket) => ticket.id);
  const now = Array.from(ids).sort().join();
  if (now === remembered) return;
  remembered = now;
  const there = new Set(ids);
  localStorage.setItem(KEPT, JSON.stringify(Array.from(seen).filter(([id]) => there.has(id))));
}

/** @param {Event} event */
function touched(event) {
  const ticket = hit(event, ".ticket");
  if (!ticket) return;
  see(ticket);
  show();
}

document.addEventListener("pointerdown", touched, true);
// Only keys that move the focus count as a touch. A focus event alone does not, because scripts move the focus, too.
document.addEventListener("keyup", (event) => /^(Tab|Arrow)/.test(event.key) && touched(event), true);
byId("unseen").addEventListener("click", seeAll);
setInterval(() => (unseen().length || countCalls()) && play(), AGAIN);
document.addEventListener("expresso:shown", look);
look();
