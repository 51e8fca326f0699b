// Keeps a page with [data-live="<id of its fragment>"] true to the server, or says since when it is not.
//
// The server pushes fragments, and every 3 s a pulse with the newest version. Without a pulse for 8 s the page is not live.
// One timer here owns every reconnect. The retries of htmx's extension are switched off, because it gives up on some close
// codes.
import { now } from "./clock.js";
import { byId, one, write } from "./dom.js";
import { emit } from "./events.js";
import { isHeld } from "./outbox/state.js";

const CLOSED = 1500; // ms a socket may be closed unremarked: the server ends each now and then and it opens at once
const BEHIND = 2000; // ms a pulse may name another version than the page shows, before the page asks for it
const GRACE = 500; // ms until a ticket that a frame takes for known, and this page has not, is asked for
const SLOWEST = 2000; // ms between two attempts to connect, at most
const STUCK = 4000; // ms an attempt may hang: begun on a dead network it hangs for minutes
const SIGNED_OUT = 4401;
const GONE = 4404;
const FINAL = new Set([SIGNED_OUT, 4403, GONE]); // not signed in, not allowed, not there: connecting again is no use

const page = one("[data-live]");
const root = page.dataset.live ?? "";
// ms without a word from the server until the page stops calling itself live; a phone's page hears a slower pulse.
const SILENCE = 1000 * Number(page.dataset.silence || 8);
const fragment = () => byId(root);

/** @type {WebSocket | null} */
let socket = null;
/** @type {HtmxSocket | null} */
let wrapper = null;
// A page that the service worker had kept (templates/sw.js) shows what was true then.
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

// In the server's time and where the event is, as every other time on the page.
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
  // Pages of attendees bring the sentence in their language.
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

// 24 days: the extension's own retry never comes; connectLater does it for every close code.
htmx.config.wsReconnectDelay = () => 2 ** 31 - 1;
htmx.createWebSocket = (url) => {
  socket?.close(); // a closing socket delivers nothing any more, so no old board comes after a newer one
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
  else socket?.close(); // it never opened: its close event brings the wrapper, and the next attempt
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
  if (closed.target !== socket) return; // one that was replaced
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
 * A version is "<newest fact>.<digest>". The number never goes back, so it tells which of two fragments is older.
 * @param {string} version
 */
const isOlder = (version) => Number.parseInt(version, 10) < Number.parseInt(shownVersion(), 10);

page.addEventListener("htmx:wsBeforeMessage", (event) => {
  heardAt = Date.now();
  const version = versionIn(event.detail.message);
  // A frame rendered before the answer to this tablet's own tap may arrive after it.
  if (version !== undefined && isOlder(version)) event.preventDefault();
});

/** The tickets that the newest frame takes for known: id and digest. @type {{ id: string, digest: string }[]} */
let stubs = [];
/** @type {number | null} */
let checking = null;

/**
 * A frame has a stub for every ticket of the frame before. A page that missed that one has another digest, or nothing.
 * @param {string} html
 */
function check(html) {
  const found = html.matchAll(/<li id="(order-\d+)" data-digest="(\w+)"><\/li>/g);
  stubs = Array.from(found, ([, id = "", digest = ""]) => ({ id, digest }));
  // A missing ticket may be on its way: the answer to a tap overtakes pushes.
  if (checking === null) checking = setTimeout(refetchMissing, GRACE);
}

function refetchMissing() {
  checking = null;
  if (stubs.some(isMissing)) refetch();
}

/** @param {{ id: string, digest: string }} stub */
const isMissing = ({ id, digest }) =>
  // A ticket that waits for the answer to a tap comes whole with that answer.
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

/** Live is: heard lately, and showing what the newest pulse names. */
function judge() {
  if (final) return;
  const newest = newestVersion();
  // A pulse from before the answer to a tap does not know of it.
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
    // The server answered: an attempt to connect need not wait for its turn.
    if (timer) connect();
  } catch {
    // No connection: the banner says so already.
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

// The outbox's answers come here, so that one that a push has overtaken shows its message alone.
document.addEventListener("expresso:answer", ({ detail: html }) => {
  const isOvertaken = isOlder(versionIn(html) ?? "");
  if (!isOvertaken) shownAt = Date.now();
  const style = { swapStyle: isOvertaken ? "none" : "morph", swapDelay: 0, settleDelay: 0 };
  htmx.swap(fragment(), html, style, { contextElement: fragment() });
  if (isOvertaken) refetch();
  else check(html);
});
document.addEventListener("expresso:stale", refetch);
// The outbox got an answer: whoever finds the server first tells the other.
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
  // A socket that a tablet's sleep has killed still calls itself open.
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
