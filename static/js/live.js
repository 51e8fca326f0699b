// Keeps a page with [data-live="<id of its fragment>"] up to date, or says since when it is not.
//
// The server pushes fragments, and every 3 s a pulse with the newest version. Without a pulse for 8 s the page is not live.
// One timer here owns every reconnect. The retries of htmx's extension are switched off, because it gives up on some close
// codes.
import { now } from "./clock.js";
import { byId, one, write } from "./dom.js";
import { emit } from "./events.js";
import { isHeld } from "./outbox/state.js";

const CLOSED = 1500; // ms a socket may be closed before the page says so: the server closes sockets now and then
const BEHIND = 2000; // ms a pulse may name another version than the page shows, before the page asks for it
const GRACE = 500; // ms before a ticket that is missing on this page is fetched
const SLOWEST = 2000; // ms between two attempts to connect, at most
const STUCK = 4000; // ms an attempt may take: on a dead network it would hang for minutes
const SIGNED_OUT = 4401;
const GONE = 4404;
const FINAL = new Set([SIGNED_OUT, 4403, GONE]); // not signed in, not allowed, not found: connecting again is useless

const page = one("[data-live]");
const root = page.dataset.live ?? "";
// ms without a word from the server until the page stops calling itself live; a phone's page hears a slower pulse.
const SILENCE = 1000 * Number(page.dataset.silence || 8);
const fragment = () => byId(root);

/** @type {WebSocket | null} */
let socket = null;
/** @type {HtmxSocket | null} */
let wrapper = null;
// A page from the service worker's cache (templates/sw.js) shows the board of that time.
const keptAt = Number(document.documentElement.dataset.kept || 0);
let heardAt = keptAt || Date.now();
let triedAt = Date.now();
let shownAt = heardAt;
let pulsedAt = 0;
let confirmedAt = 0; // when a pulse last named the version that is shown
let openedAt = 0;
/** @type {number | null} */
let closedAt = null;
let failures = 0;
/** @type {number | null} */
let timer = null;
/** @type {number | null} */
let behindSince = null;
/** @type {number | null} */
let notLiveSince = keptAt || null;
/** The close code that ended it. @type {number | null} */
let final = null;
let isFetching = false;

// The banner ------------------------------------------------------------------------------------------------------------

// In the server's time and the event's time zone, like every other time on the page.
const timeZone = page.dataset.timeZone || undefined;
const clock = (/** @type {number} */ at) =>
  new Date(at + now() - Date.now()).toLocaleTimeString([], {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });

function bannerText() {
  const since = clock(notLiveSince ?? heardAt);
  const shown = clock(Math.max(shownAt, confirmedAt));
  // Attendees' pages bring the sentence in the attendee's language.
  const said = final ? page.dataset.gone : page.dataset.lost;
  if (said) return said.replace("{time}", since).replace("{shown}", shown);
  if (final === GONE) return `Not live since ${since}. This page is gone, or has another address.`;
  if (final) return `Not live since ${since}. You are signed out, or may not see this page.`;
  return `Not live since ${since}. All stands as it was at ${shown}; connecting again by itself.`;
}

function show() {
  const banner = byId("live-banner");
  const isLive = notLiveSince === null && !final;
  document.documentElement.dataset.connection = isLive ? "live" : "lost";
  banner.hidden = isLive;
  if (isLive) return;
  write(one("[data-live-text]", banner), bannerText());
  const again = /** @type {HTMLAnchorElement} */ (one("[data-live-again]", banner));
  again.hidden = !final || Boolean(page.dataset.gone);
  again.href = final === GONE ? "/" : `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
  if (final === GONE) write(again, "All places");
}

function lost() {
  notLiveSince ??= heardAt;
  show();
}

/** @param {number} code */
function giveUp(code) {
  final = code;
  clearTimeout(timer ?? undefined);
  lost();
}

// Connecting ------------------------------------------------------------------------------------------------------------

// 24 days, so the extension itself never retries; connectLater does, for every close code.
htmx.config.wsReconnectDelay = () => 2 ** 31 - 1;
htmx.createWebSocket = (url) => {
  socket?.close(); // a closing socket delivers no more messages, so no old board follows a newer one
  socket = new WebSocket(url);
  triedAt = Date.now();
  return socket;
};

function connect() {
  clearTimeout(timer ?? undefined);
  timer = null;
  if (final) return;
  triedAt = Date.now();
  if (wrapper) wrapper.reconnect();
  else socket?.close(); // it never opened: its close event starts the next attempt
}

function connectLater() {
  if (timer || final) return;
  const longest = Math.min(SLOWEST, 500 * 2 ** failures);
  failures += 1;
  timer = setTimeout(connect, longest * (0.5 + Math.random() / 2));
}

page.addEventListener("htmx:wsOpen", (event) => {
  wrapper = event.detail.socketWrapper;
  openedAt = Date.now();
  closedAt = null;
  failures = 0;
});
page.addEventListener("htmx:wsClose", (event) => {
  const closed = event.detail.event;
  wrapper = event.detail.socketWrapper;
  if (closed.target !== socket) return; // ignore a socket that was replaced by a new one
  closedAt ??= Date.now();
  if (FINAL.has(closed.code)) giveUp(closed.code);
  else connectLater();
});
document.addEventListener("expresso:signed-out", () => giveUp(SIGNED_OUT));

// Frames ----------------------------------------------------------------------------------------------------------------

const VERSION = new RegExp(`id="${root}"[^>]*?data-version="([^"]*)"`);
/** @param {string} html */
const versionIn = (html) => html.match(VERSION)?.[1];
const shownVersion = () => fragment().dataset.version ?? "";
const newestVersion = () => document.getElementById("pulse")?.dataset.version;
/**
 * A version is "<newest fact>.<digest>". The number only grows, so it shows which of two fragments is older.
 * @param {string} version
 */
const isOlder = (version) => Number.parseInt(version, 10) < Number.parseInt(shownVersion(), 10);

page.addEventListener("htmx:wsBeforeMessage", (event) => {
  heardAt = Date.now();
  const version = versionIn(event.detail.message);
  // A frame rendered before the answer to this tablet's own tap may arrive after it.
  if (version !== undefined && isOlder(version)) event.preventDefault();
});

/** Id and digest of the tickets that the newest frame did not contain, because the page has them. @type {{ id: string,
digest: string }[]} */
let stubs = [];
/** @type {number | null} */
let checking = null;

/**
 * Checks the stubs of a frame: a page that missed the frame before has no such ticket, or one with another digest.
 * @param {string} html
 */
function check(html) {
  const found = html.matchAll(/<li id="(order-\d+)" data-digest="(\w+)"><\/li>/g);
  stubs = Array.from(found, ([, id = "", digest = ""]) => ({ id, digest }));
  // The missing ticket may still arrive: the response to a tap can come before earlier pushes.
  if (checking === null) checking = setTimeout(refetchMissing, GRACE);
}

function refetchMissing() {
  checking = null;
  if (stubs.some(isMissing)) refetch();
}

/** @param {{ id: string, digest: string }} stub */
const isMissing = ({ id, digest }) =>
  // A ticket with an unanswered tap is part of the response to that tap.
  document.getElementById(id)?.dataset.digest !== digest && !isHeld(Number(id.slice(6)));

page.addEventListener("htmx:wsAfterMessage", (event) => {
  const { message } = event.detail;
  if (versionIn(message) !== undefined) {
    shownAt = Date.now();
    check(message);
  }
  if (message.includes('id="pulse"')) {
    pulsedAt = Date.now();
    if (newestVersion() === shownVersion()) confirmedAt = pulsedAt;
  }
  judge();
});

/** Decides whether the page is live: it heard the server lately, and shows the version of the newest pulse. */
function judge() {
  if (final) return;
  const newest = newestVersion();
  // A pulse that was sent before the response to a tap names an older version.
  const isSame = !newest || newest === shownVersion() || pulsedAt < shownAt;
  behindSince = isSame ? null : (behindSince ?? Date.now());
  const isBehind = behindSince !== null && Date.now() - behindSince > BEHIND;
  const isClosed = closedAt !== null && Date.now() - closedAt > CLOSED;
  if (isClosed || Date.now() - heardAt > SILENCE) lost();
  else if (!isBehind && socket?.readyState === WebSocket.OPEN && heardAt >= openedAt) {
    const isBack = notLiveSince !== null;
    notLiveSince = null;
    show();
    if (isBack) emit("expresso:live");
  }
  if (isBehind) refetch();
}

async function refetch() {
  if (isFetching || final) return;
  isFetching = true;
  try {
    await htmx.ajax("GET", location.pathname + location.search, { source: page, target: `#${root}`, swap: "morph" });
    // The server answered, so connect now and not at the next attempt.
    if (timer) connect();
  } catch {
    // Without a connection the banner is shown already.
  } finally {
    isFetching = false;
  }
}

page.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== root || !detail.shouldSwap) return;
  const version = versionIn(detail.serverResponse);
  const isAct = detail.requestConfig.verb !== "get";
  // Ignore what is not this fragment (proxy errors, captive portals). If a push already delivered something newer than
  // the answer to an act, use only its out-of-band message.
  if (version === undefined) detail.shouldSwap = false;
  else if (isAct && isOlder(version)) detail.swapOverride = "none";
  else shownAt = Date.now();
});

// Responses to taps from the outbox. If a push was faster, only the message of the response is shown.
document.addEventListener("expresso:answer", ({ detail: html }) => {
  const isOvertaken = isOlder(versionIn(html) ?? "");
  if (!isOvertaken) shownAt = Date.now();
  const style = { swapStyle: isOvertaken ? "none" : "morph", swapDelay: 0, settleDelay: 0 };
  htmx.swap(fragment(), html, style, { contextElement: fragment() });
  if (isOvertaken) refetch();
  else check(html);
});
document.addEventListener("expresso:stale", refetch);
// The outbox reached the server, so the socket can connect, too.
document.addEventListener("expresso:reachable", () => {
  failures = 0;
  if (socket?.readyState !== WebSocket.OPEN) connect();
});

// Time and sleep --------------------------------------------------------------------------------------------------------

if (keptAt) show();
setInterval(() => {
  judge();
  if (final) return;
  const quiet = Date.now() - Math.max(heardAt, triedAt);
  const isStuck = socket?.readyState === WebSocket.CONNECTING && Date.now() - triedAt > STUCK;
  // After a tablet's sleep a dead socket still has the state OPEN.
  if (quiet > SILENCE || isStuck) connect();
  if (notLiveSince !== null && Date.now() - shownAt > 5000 && !document.hidden) refetch();
  show();
}, 1000);

let wokeAt = 0;
function woke() {
  if (document.hidden || final || Date.now() - wokeAt < 1000) return;
  wokeAt = Date.now();
  failures = 0;
  if (Date.now() - heardAt > 4000 || socket?.readyState !== WebSocket.OPEN) {
    connect();
    refetch();
  }
}
document.addEventListener("visibilitychange", woke);
window.addEventListener("pageshow", (event) => event.persisted && woke());
window.addEventListener("online", woke);
