// The board by keyboard; templates/orders/_keys.html explains the keys. Inactive if the person turned them off, while
// somebody types, and behind an open dialog.
import { all, first, hit } from "./dom.js";

const sheet = /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"));

const isWanted = () => first("#shift [name=shortcuts]:checked")?.getAttribute("value") !== "off";

/** @param {Element | null | undefined} column */
const ticketsIn = (column) => (column ? all(".ticket", column) : []);
const current = () => /** @type {HTMLElement | null} */ (document.activeElement?.closest(".ticket") ?? null);

/** @param {HTMLElement | null | undefined} ticket */
function go(ticket) {
  if (!ticket) return;
  // A ticket outside of the view has no layout yet, so it is scrolled into view before it gets the focus.
  ticket.scrollIntoView({ block: "nearest" });
  first(".go", ticket)?.focus({ preventScroll: true });
}

/** @param {number} step */
function along(step) {
  const ticket = current();
  if (!ticket) return go(first("#board .ticket"));
  const there = ticketsIn(ticket.closest(".column"));
  go(there[there.indexOf(ticket) + step]);
}

/** @param {number} step */
function across(step) {
  const ticket = current();
  if (!ticket) return go(first("#board .ticket"));
  const columns = all("#board .column");
  const from = columns.findIndex((column) => column.contains(ticket));
  const row = ticketsIn(columns[from]).indexOf(ticket);
  for (let at = from + step; columns[at]; at += step) {
    const there = ticketsIn(columns[at]);
    if (there.length) return go(there[Math.min(row, there.length - 1)]);
  }
}

/** @type {Record<string, () => void>} */
const KEYS = {
  ArrowDown: () => along(1),
  ArrowUp: () => along(-1),
  ArrowRight: () => across(1),
  ArrowLeft: () => across(-1),
  u: () => first("#said button")?.click(),
  m: () => first(".more", current())?.click(),
  h: () => first("[data-history]")?.click(),
  s: () => document.getElementById("unseen")?.click(),
  "?": () => sheet?.showModal(),
};

if (sheet) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isWanted()) return;
    if (hit(event, "input, textarea, select") || first("dialog[open]")) return;
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => {
    if (hit(event, "[data-keys-open]")) sheet.showModal();
  });
}
