// The dialog of a ticket's button "More" (templates/orders/_more.html). It is filled from the ticket, and follows its
// changes while it is open.
import { covers } from "./cover.js";
import { all, byId, first, hit, one, textOf, write } from "./dom.js";
import { STEPS } from "./steps.js";

const sheet = /** @type {HTMLDialogElement} */ (byId("more"));
const me = byId("acts").dataset.user;
const detail = byId("detail");
const detailSaid = one("[data-more-detail]", sheet);
const KEPT = "Not sent: no connection. What you typed stays here; send it when the connection is back.";
const LATER = "No connection: the texts and the history come when it is back.";

/** @type {number | null} */
let pk = null;
/** @type {HTMLElement | null} */
let opener = null;
/** Status and digest of the ticket that the dialog shows. @type {string | null} */
let shown = null;

const isCutOff = () => document.documentElement.dataset.connection === "lost";
const ticketOf = () => document.getElementById(`order-${pk}`);
const rowOf = () => ticketOf() ?? document.getElementById(`recent-${pk}`);

/** @param {HTMLElement} link */
function open(link) {
  const ticket = /** @type {HTMLElement} */ (link.closest(".ticket"));
  const before = pk;
  opener = link;
  pk = Number(ticket.id.slice(6));
  shown = null;
  if (pk !== before) beginWith(ticket);
  follow();
  sheet.show();
  sheet.scrollTop = 0;
  ask();
}

/**
 * Fills the dialog for another order, and clears what was typed or shown for the last one.
 * @param {HTMLElement} ticket
 */
function beginWith(ticket) {
  for (const place of all("[data-code]", sheet)) place.textContent = textOf(one(".code", ticket));
  one("[data-name]", sheet).textContent = textOf(one(".name", ticket));
  for (const name of ["formaction", "action", "href"]) {
    for (const element of all(`[${name}*="/orders/"]`, sheet)) {
      element.setAttribute(name, (element.getAttribute(name) ?? "").replace(/\/orders\/\d+\//, `/orders/${pk}/`));
    }
  }
  /** @type {HTMLFormElement | null} */ (first(".cancel", sheet))?.reset();
  first(".call-off", sheet)?.removeAttribute("open");
  detail.replaceChildren();
}

/** Shows changes of the order while the dialog is open. */
function follow() {
  if (pk === null) return;
  const row = rowOf();
  const status = row?.dataset.status ?? "";
  const maker = first(".maker", row)?.textContent;
  allow(status, row?.dataset.maker === me, row?.dataset.first !== undefined);
  const by = STEPS.statuses[status]?.isBeingMade && maker ? ` by ${maker}` : "";
  write(one(".more-state", sheet), (STEPS.statuses[status]?.word ?? "Not on this board any more") + by);
  const now = `${status} ${row?.dataset.digest}`;
  if (sheet.open && shown !== null && shown !== now && !isTyping()) ask();
  shown = now;
}

/**
 * Shows the verbs that the order's status allows.
 * @param {string} status
 * @param {boolean} isMine
 * @param {boolean} isFirst
 */
function allow(status, isMine, isFirst) {
  /** @type {Record<string, boolean>} */
  const isDone = { take_over: isMine, first: isFirst, in_turn: !isFirst };
  for (const button of all(".verbs [data-verb], .call-off", sheet)) {
    const verb = button.dataset.verb ?? "cancel";
    button.hidden = !STEPS.verbs[verb]?.of.includes(status) || isDone[verb] === true;
  }
  for (const verbs of all(".verbs", sheet)) verbs.hidden = !status;
}

const isTyping = () =>
  all("textarea, input[type=text]", detail).some((field) => /** @type {HTMLInputElement} */ (field).value);

/** Fetches the texts and the history of the order. */
function ask() {
  if (isCutOff()) return write(detailSaid, LATER);
  if (!detail.children.length) write(detailSaid, "Asking for the texts and the history …");
  const address = `/stations/${sheet.dataset.station}/orders/${pk}/`;
  htmx.ajax("GET", address, { source: detail, target: detail, swap: "innerHTML" }).catch(() => null);
}

/** @param {Event} event */
const sayNotSent = (event) => write(detailSaid, event.target === detail ? LATER : KEPT);

detail.addEventListener("htmx:afterSwap", () => write(detailSaid, ""));
detail.addEventListener("htmx:sendError", sayNotSent);
detail.addEventListener("htmx:timeout", sayNotSent);
detail.addEventListener("htmx:responseError", (event) => {
  if (event.target === detail) write(detailSaid, "The texts and the history could not be shown.");
});
document.addEventListener("expresso:live", () => {
  if (sheet.open && !isTyping()) ask();
});

covers(sheet);
document.addEventListener("click", (event) => {
  const link = hit(event, ".ticket .more");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});
sheet.addEventListener("click", (event) => {
  const link = hit(event, ".verbs a");
  if (link && isCutOff()) {
    event.preventDefault();
    write(detailSaid, `“${textOf(link)}” needs the server, and there is no connection.`);
  }
});
document.addEventListener("expresso:moved", () => {
  // A tap on a verb of the dialog closes it, once the outbox has stored the tap.
  if (sheet.contains(document.activeElement) && document.activeElement?.matches("[data-verb]")) sheet.close();
});
sheet.addEventListener("close", () => {
  // The button that opened the dialog may have left the page with its ticket.
  const there = first(".more", ticketOf()) ?? first("#board .go");
  if (!opener?.isConnected) there?.focus({ preventScroll: true });
});
document.addEventListener("expresso:shown", follow);
