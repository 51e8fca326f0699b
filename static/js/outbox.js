// Takes every tap on an order, shows at once what it does, and sends the taps in order: now, or when the connection is
// back.
//
// A tap is written to the device first (outbox/store.js), with an idempotency key and the version of the order that the
// barista saw. One tab of the tablet sends, one tap after the other. The key makes it harmless to send a tap again whose
// answer was lost. Where the server refuses a tap, the page shows the server's sentence.
import { byId, first, hit, one, textOf, write } from "./dom.js";
import { emit } from "./events.js";
import { newKey } from "./idempotency.js";
import { post, sentenceIn } from "./outbox/post.js";
import { projected } from "./outbox/projection.js";
import * as queue from "./outbox/queue.js";
import { state } from "./outbox/state.js";
import * as store from "./outbox/store.js";
import { fromTemplate, place, project, recount } from "./outbox/ticket.js";
import { bannerText, roundText } from "./outbox/words.js";
import { STEPS } from "./steps.js";

/** @typedef {import("./outbox/queue.js").Tap} Tap */

const ADDRESS = /\/stations\/([-\w]+)\/(?:orders\/(\d+)\/([a-z_]+)|batch)\/$/;
const SLOWEST = 2000; // ms between two attempts, at most

const station = location.pathname.split("/").filter(Boolean).at(-1) ?? "";
const acts = byId("acts");
const me = { user: acts.dataset.user ?? "", name: acts.dataset.name ?? "" };
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("expresso.outbox") : null;

/** @type {number | undefined} */
let retry;
let failures = 0;
/** Tickets that a tap removed from the board, until the tap is answered. @type {Map<number, HTMLElement>} */
const gone = new Map();

/** @param {Tap} tap */
const isLate = (tap) => queue.isLate(tap, state.isConnected, Date.now());

// Showing what the taps do ----------------------------------------------------------------------------------------------

/** @param {number} pk */
const ticketOf = (pk) => document.getElementById(`order-${pk}`) ?? gone.get(pk);
/** @param {number} pk */
const rowOf = (pk) => ticketOf(pk) ?? document.getElementById(`recent-${pk}`);

function projectAll() {
  const orders = projected(state.taps, station);
  for (const [pk, projection] of orders) show(pk, projection);
  for (const pk of gone.keys()) if (!orders.has(pk)) gone.delete(pk);
  if (orders.size) recount();
}

/**
 * @param {number} pk
 * @param {import("./outbox/projection.js").Projection} projection
 */
function show(pk, projection) {
  const ticket = ticketOf(pk);
  document.getElementById(`recent-${pk}`)?.toggleAttribute("data-unsent", true);
  if (!ticket) return;
  const status = projection.to || ticket.dataset.status || "";
  const list = document.getElementById(`tickets-${status}`);
  if (list) {
    project(ticket, pk, projection, STEPS.statuses[status]?.next ?? "", projection.taps.some(isLate));
    if (ticket.parentElement !== list) place(ticket, list);
  } else {
    gone.set(pk, ticket);
    ticket.remove();
  }
}

// Taking a tap ----------------------------------------------------------------------------------------------------------

document.addEventListener("submit", (event) => {
  const { submitter, target } = event;
  if (!(target instanceof HTMLFormElement)) return;
  const address = new URL(submitter?.getAttribute("formaction") ?? target.action, location.href);
  const [, at, pk, verb = "start"] = address.pathname.match(ADDRESS) ?? [];
  if (at !== station || !(verb in STEPS.verbs)) return;
  event.preventDefault();
  const fields = new FormData(target, submitter);
  fields.delete("csrfmiddlewaretoken");
  const orders = (pk ?? String(fields.get("orders"))).split(",").map(Number);
  const body = new URLSearchParams(/** @type {any} */ (fields)).toString();
  take(submitter, { verb, path: address.pathname, orders, body });
});

/**
 * @param {HTMLElement | null} button
 * @param {Pick<Tap, "verb" | "path" | "orders" | "body">} asked
 */
function take(button, asked) {
  const pk = asked.orders[0] ?? 0;
  const before = queue.lastOn(state.taps, pk);
  if (queue.isRepeated(before, asked)) return;
  const row = rowOf(pk);
  const was = before?.to || row?.dataset.status || "";
  const dropsOrder = asked.verb === "accept" && first(".wish [name=drop]", row ?? null) !== null;
  /** @type {Tap} */
  const tap = {
    key: newKey(),
    ...asked,
    station,
    was,
    to: queue.leadsTo(STEPS, dropsOrder ? "cancel" : asked.verb, was, before),
    seen: Number(button?.dataset.seen || row?.dataset.seen || 0),
    drinks: asked.orders.flatMap(drinksOf).join(),
    label: STEPS.verbs[asked.verb]?.unsent || STEPS.verbs[asked.verb]?.label || "",
    who: asked.orders.map(whoIs).join(", "),
    at: Date.now(),
    ...me,
  };
  state.taps.push(tap);
  projectAll();
  emit("expresso:moved");
  if (!state.isConnected) sayUnsent(tap);
  setTimeout(refresh, queue.LATE_AFTER);
  store.add(tap).then(() => {
    tabs?.postMessage({ changed: true });
    send();
  });
}

/** @param {number} pk */
function drinksOf(pk) {
  const drinks = rowOf(pk)?.dataset.drinks;
  return drinks ? [`${pk}=${drinks}`] : [];
}

/** @param {number} pk */
function whoIs(pk) {
  const row = rowOf(pk) ?? null;
  return [".code", ".name"]
    .map((part) => textOf(first(part, row)))
    .filter(Boolean)
    .join(" ");
}

// Sending ---------------------------------------------------------------------------------------------------------------

let isSending = false;
let isWanted = false;

async function send() {
  isWanted = true;
  if (isSending) return;
  isSending = true;
  clearTimeout(retry);
  try {
    while (isWanted) {
      isWanted = false;
      await alone(sendAll);
    }
  } finally {
    isSending = false;
    refresh();
  }
}

/**
 * All tabs of a tablet share the stored taps, so only one tab sends at a time.
 * @param {() => Promise<void>} work
 */
const alone = (work) => (navigator.locks ? navigator.locks.request("expresso.outbox", work) : work());

async function sendAll() {
  /** @type {{ refused: string[], late: number }} */
  const round = { refused: [], late: 0 };
  const wasAway = !state.isConnected; // then every tap counts as late
  for (let tap = await nextTap(); tap; tap = await nextTap()) {
    if (wasAway || isLate(tap)) round.late += 1;
    const outcome = await post(tap);
    if (outcome.result === "signed out") return askToSignIn(outcome.why);
    if (outcome.result === "failed" && !queue.isGivenUp(tap, outcome.status)) {
      await store.update(tap);
      return tryLater();
    }
    wasReached();
    await drop(tap);
    await settle(tap, outcome, round.refused);
  }
  conclude(round);
  // Somebody has signed in again in another tab, and this page has closed its socket.
  if (state.signedOut && !state.taps.length) location.reload();
}

async function nextTap() {
  await reread();
  const [tap] = state.taps;
  const isReady = tap?.seq !== undefined && (tap.user === me.user || state.sendsForeign);
  return isReady ? tap : null;
}

/** @param {Tap} tap */
async function drop(tap) {
  await store.remove(tap);
  state.taps = state.taps.filter((other) => other.key !== tap.key);
}

/** @param {{ refused: string[], late: number }} round */
function conclude(round) {
  const sentences = roundText(round);
  const isProblem = round.refused.length > 0;
  if (!sentences.length) return;
  say(sentences, { isProblem });
  tabs?.postMessage({ said: sentences, isProblem });
}

function wasReached() {
  if (!state.isConnected) emit("expresso:reachable");
  state.isConnected = true;
  failures = 0;
}

/**
 * @param {Tap} tap
 * @param {Exclude<import("./outbox/post.js").Outcome, { result: "signed out" }>} outcome
 * @param {string[]} refused
 */
async function settle(tap, outcome, refused) {
  const isOurs = outcome.result === "done" || outcome.result === "refused";
  if (outcome.result !== "done") {
    const sentence = isOurs ? sentenceIn(outcome.html) : "";
    const words = sentence || `“${tap.label} ${tap.who}” was not saved (${outcome.status}).`;
    // Several refused taps may have the same message: show it once.
    if (!refused.includes(words)) refused.push(words);
    const undo = queue.undoOf(state.taps, tap);
    if (undo) await drop(undo);
  }
  if (!isOurs) emit("expresso:stale");
  else if (tap.station === station) emit("expresso:answer", outcome.html);
  projectAll();
  tabs?.postMessage({ changed: true });
}

function tryLater() {
  const last = state.taps.at(-1);
  if (state.isConnected && last) sayUnsent(last);
  state.isConnected = false;
  failures += 1;
  clearTimeout(retry);
  retry = setTimeout(send, Math.min(SLOWEST, 500 * 2 ** failures) * (0.5 + Math.random() / 2));
}

/** @param {"yes" | "or not allowed"} why */
function askToSignIn(why) {
  state.signedOut = why;
  // A person who may see the board but not act keeps the live page.
  if (why === "yes") emit("expresso:signed-out");
}

// What is said ----------------------------------------------------------------------------------------------------------

/**
 * @param {string[]} sentences
 * @param {{ isProblem?: boolean, undo?: HTMLElement | null }} [how]
 */
function say(sentences, { isProblem = false, undo = null } = {}) {
  const words = document.createElement("div");
  for (const textContent of sentences) {
    const className = isProblem ? "said-text problem" : "said-text";
    words.append(Object.assign(document.createElement("p"), { className, textContent }));
  }
  byId("said").replaceChildren(words, ...(undo ? [undo] : []));
}

/** @param {Tap} tap */
function sayUnsent(tap) {
  const back = STEPS.verbs[tap.verb]?.to ? "undo" : { first: "in_turn", in_turn: "first" }[tap.verb];
  const undo = back && tap.orders.length === 1 ? fromTemplate("unsent-undo") : null;
  undo?.setAttribute("formaction", `/stations/${station}/orders/${tap.orders[0]}/${back}/`);
  if (undo) undo.dataset.seen = String(tap.seen + 1);
  say([`${tap.label} ${tap.who}: kept on this tablet, not sent yet.`], { undo });
}

/** Shows how many taps wait, and what they wait for. */
function refresh() {
  projectAll();
  const banner = byId("outbox");
  const foreign = state.taps.filter((tap) => tap.user !== me.user);
  const waiting = state.taps.filter((tap) => isLate(tap) || state.signedOut);
  const asks = foreign.length > 0 && !state.sendsForeign;
  banner.hidden = !asks && !waiting.length;
  write(one("[data-outbox-text]", banner), bannerText({ waiting, foreign, asks, signedOut: state.signedOut }));
  const link = /** @type {HTMLAnchorElement} */ (one("[data-outbox-sign-in]", banner));
  link.hidden = asks || state.signedOut !== "or not allowed"; // the banner about the ended session has this link
  link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
  one("[data-outbox-send]", banner).hidden = !asks;
  one("[data-outbox-forget]", banner).hidden = !asks && !state.signedOut;
}

byId("outbox").addEventListener("click", async (event) => {
  const forgets = hit(event, "[data-outbox-forget]");
  if (!forgets && !hit(event, "[data-outbox-send]")) return;
  const dropped = state.signedOut ? state.taps : state.taps.filter((tap) => tap.user !== me.user);
  if (forgets) for (const tap of dropped) await store.remove(tap);
  else state.sendsForeign = true;
  state.signedOut = "";
  await reread();
  emit("expresso:stale");
  refresh();
  send();
});

// Following the device, the page and the connection ---------------------------------------------------------------------

async function reread() {
  state.taps = queue.merged(await store.all(), state.taps);
}

tabs?.addEventListener("message", async ({ data }) => {
  if (data.said) say(data.said, data);
  if (!data.changed) return;
  const before = state.taps.length;
  await reread();
  refresh();
  if (state.taps.length < before) emit("expresso:stale");
});
// Runs before "expresso:shown", because the scripts that follow it must see the effects of the taps.
document.addEventListener("htmx:afterSwap", projectAll);
document.addEventListener("htmx:oobAfterSwap", projectAll);
document.addEventListener("expresso:live", send);
window.addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden || send());

reread().then(() => {
  refresh();
  if (state.taps.length) send();
});
