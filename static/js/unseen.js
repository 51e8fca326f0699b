// A new order is loud until somebody has touched its ticket: it pulses, and sounds again every few seconds. A customer's
// answer sounds once, and stands on its ticket until it was seen. The tablet remembers which tickets were seen, so orders
// that came while the page was away are loud as well.
import { all, byId, hit, one, write } from "./dom.js";
import "./events.js";
import { play } from "./sound.js";

const AGAIN = 7000; // ms between two sounds
const KEPT = `expresso.seen.${location.pathname}`;

const kept = localStorage.getItem(KEPT);
// At the start of a shift what waits already counts as seen.
/** @type {Set<string>} */
const seen = new Set(kept === null ? waiting().map((ticket) => ticket.id) : JSON.parse(kept));
let answered = countAnswers();

function waiting() {
  return all("#tickets-waiting > .ticket");
}

function countAnswers() {
  return all("#board .answer").length;
}

const unseen = () => all("#board .ticket[data-unseen]");

function look() {
  const before = unseen().length;
  for (const ticket of unseen()) {
    // Whoever started it has seen it, on this tablet or on another one.
    if (ticket.dataset.status !== "waiting") see(ticket);
  }
  for (const ticket of waiting()) if (!seen.has(ticket.id)) ticket.dataset.unseen = "yes";
  if (unseen().length > before || countAnswers() > answered) play();
  answered = countAnswers();
  show();
}

/** @param {HTMLElement} ticket */
function see(ticket) {
  seen.add(ticket.id);
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
  write(one("[data-unseen-text]", button), `${count} new`);
  const there = new Set(all("#board .ticket").map((ticket) => ticket.id));
  const text = JSON.stringify(Array.from(seen).filter((id) => there.has(id)));
  if (localStorage.getItem(KEPT) !== text) localStorage.setItem(KEPT, text);
}

/** @param {Event} event */
function touched(event) {
  const ticket = hit(event, ".ticket[data-unseen]");
  if (!ticket) return;
  see(ticket);
  show();
}

document.addEventListener("pointerdown", touched, true);
// By keyboard only when somebody went to it: the focus may also come by itself.
document.addEventListener("keyup", (event) => /^(Tab|Arrow)/.test(event.key) && touched(event), true);
byId("unseen").addEventListener("click", seeAll);
setInterval(() => unseen().length && play(), AGAIN);
document.addEventListener("expresso:shown", look);
look();
